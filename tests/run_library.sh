#!/bin/sh
# The example of the manual, built as a user of the library would, from an installation: run_library.sh FOLDER DESTDIR PREFIX
# once with the shared library and once with the static one; both must list the same demands.
set -eu
SOURCE=$(cd "$(dirname "$0")/.." && pwd)
room=$1/example root=$2$3
mkdir -p "$room"
export PKG_CONFIG_PATH="$root/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
cflags="-I$root/include $(pkg-config --cflags qingdan)"
passed=0 failed=0
check() {
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $1: want «$2» got «$3»"; fi
}
warn="-std=c11 -Wall -Wextra -Wconversion -Werror"
${CC:-cc} $warn $cflags -o "$room/shared" "$SOURCE/docs/example.c" -L"$root/lib" -lqingdan
static=$(pkg-config --static --libs qingdan | sed 's/-lqingdan//')
${CC:-cc} $warn $cflags -o "$room/static" "$SOURCE/docs/example.c" "$root/lib/libqingdan.a" $static
printf '关于巡察整改的讲话\n各单位党组织要建立整改台账。\n' > "$room/speech.txt"
rules=$root/share/qingdan/rules
check "shared library" "line 2: 各单位党组织要建立整改台账" "$(LD_LIBRARY_PATH=$root/lib "$room/shared" "$rules" < "$room/speech.txt" | head -n 1)"
check "static library" "line 2: 各单位党组织要建立整改台账" "$("$room/static" "$rules" < "$room/speech.txt" | head -n 1)"
check "installed program finds its rules" 0 "$("$root/bin/qingdan" "$room/speech.txt" >/dev/null 2>&1; echo $?)"
check "only qd_ names in the shared library" "" "$(nm -D --defined-only "$root/lib/libqingdan.so" | awk '$3 !~ /^qd_/ {print $3}')"
check "only qd_ names in the static library" "" "$(nm -g --defined-only "$root/lib/libqingdan.a" | awk 'NF == 3 && $3 !~ /^qd_/ {print $3}')"
if echo 'int main(void){return 0;}' | ${CXX:-c++} -x c++ -include "$root/include/qingdan.h" -fsyntax-only - 2>/dev/null; then cxx=ok; else cxx=no; fi
command -v "${CXX:-c++}" >/dev/null 2>&1 || cxx=ok
check "the header is good C++" ok "$cxx"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
