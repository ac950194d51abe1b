# qingdan: one makefile, nothing written outside $(BUILD).
#   make            build/qingdan, from installed packages
#   make run        installs what it needs, builds, reads corpus/ into build/demo/
#   make test       installs what it needs, builds, runs every test, also under the sanitizers
BUILD  ?= build
PREFIX ?= /usr/local
DESTDIR ?=
OBJCOPY ?= objcopy
VERSION := 0.1.0
PKGS   := libpcre2-16 icu-uc libcmark yaml-0.1 libxml-2.0 libarchive opencc libmd libcjson
WARN   := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -DQINGDAN_VERSION='"$(VERSION)"' -DQINGDAN_PREFIX='"$(PREFIX)"' \
	-fPIC -fvisibility=hidden $(WARN) $(WERROR) $(CFLAGS) -Isrc $(shell pkg-config --cflags $(PKGS))
LIBS    = $(shell pkg-config --libs $(PKGS)) -lm -lpthread
LIB_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/cli/%,$(wildcard src/*/*.c)))
CLI_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))
TESTS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
LINK     = @mkdir -p $(@D); $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/qingdan: $(CLI_OBJ) $(BUILD)/libqingdan.a | $(BUILD)/rules
	$(LINK)
# a program that is run from its build folder finds the rules of the source tree, wherever the folder is
$(BUILD)/rules:
	@mkdir -p $(@D)
	ln -sfn $(CURDIR)/rules $@
$(TESTS): $(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/libqingdan.a
	$(LINK)
$(BUILD)/libqingdan.a: $(LIB_OBJ)
	rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# ---- the library for others: only qd_ names, shared and static
SONAME := libqingdan.so.0
$(BUILD)/lib/libqingdan.so.$(VERSION): $(LIB_OBJ)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--no-undefined -o $@ $^ $(LIBS)
	ln -sf $(@F) $(@D)/$(SONAME)
	ln -sf $(SONAME) $(@D)/libqingdan.so
$(BUILD)/lib/libqingdan.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	$(LD) -r -o $(@D)/qingdan.o $^
	$(OBJCOPY) --localize-hidden $(@D)/qingdan.o
	rm -f $@ && $(AR) rcs $@ $(@D)/qingdan.o && rm $(@D)/qingdan.o
# not by libarchive's own .pc: that names libraries whose packages libarchive-dev does not bring along
$(BUILD)/lib/qingdan.pc: Makefile
	@mkdir -p $(@D)
	printf '%s\n' 'prefix=$(PREFIX)' 'includedir=$${prefix}/include' 'libdir=$${prefix}/lib' '' 'Name: qingdan' \
		'Description: Checklists from Chinese inspection documents' 'Version: $(VERSION)' \
		'Cflags: -I$${includedir}' 'Libs: -L$${libdir} -lqingdan' 'Requires.private: $(filter-out libarchive,$(PKGS))' 'Libs.private: -larchive -lm -lpthread' > $@

# another PREFIX makes anew what names it
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@
FORCE:
$(BUILD)/src/cli/rooms.o $(BUILD)/src/api/qingdan.o $(BUILD)/lib/qingdan.pc: $(BUILD)/prefix

# ---- manual page and completions, from the program's table of options
GENERATED := $(addprefix $(BUILD)/doc/,qingdan.1 qingdan.zh_CN.1 qingdan.bash _qingdan qingdan.fish)
$(BUILD)/doc/qingdan.1: WHAT = man --lang en
$(BUILD)/doc/qingdan.zh_CN.1: WHAT = man --lang zh
$(BUILD)/doc/qingdan.bash: WHAT = bash --lang en
$(BUILD)/doc/_qingdan: WHAT = zsh --lang en
$(BUILD)/doc/qingdan.fish: WHAT = fish --lang en
$(GENERATED): $(BUILD)/qingdan
	@mkdir -p $(@D)
	$(BUILD)/qingdan generate $(WHAT) > $@.tmp && mv $@.tmp $@

.PHONY: library generated install uninstall
library: $(BUILD)/lib/libqingdan.so.$(VERSION) $(BUILD)/lib/libqingdan.a $(BUILD)/lib/qingdan.pc
generated: $(GENERATED)

# ---- installing: the program finds its rules at ../share/qingdan/rules from where it stands, the library at PREFIX
ROOT   = $(DESTDIR)$(PREFIX)
RULES  = $(shell cd rules && find . -type f ! -name '.*' | sed 's|^\./||')
install: $(BUILD)/qingdan library generated
	install -d $(ROOT)/bin $(ROOT)/lib/pkgconfig $(ROOT)/include $(ROOT)/share/man/man1 $(ROOT)/share/man/zh_CN/man1 \
		$(ROOT)/share/bash-completion/completions $(ROOT)/share/zsh/site-functions $(ROOT)/share/fish/vendor_completions.d
	install -m 755 $(BUILD)/qingdan $(ROOT)/bin/qingdan
	install -m 755 $(BUILD)/lib/libqingdan.so.$(VERSION) $(ROOT)/lib/
	ln -sf libqingdan.so.$(VERSION) $(ROOT)/lib/$(SONAME)
	ln -sf $(SONAME) $(ROOT)/lib/libqingdan.so
	install -m 644 $(BUILD)/lib/libqingdan.a $(ROOT)/lib/
	install -m 644 $(BUILD)/lib/qingdan.pc $(ROOT)/lib/pkgconfig/
	install -m 644 src/api/qingdan.h $(ROOT)/include/
	install -m 644 $(BUILD)/doc/qingdan.1 $(ROOT)/share/man/man1/
	install -m 644 $(BUILD)/doc/qingdan.zh_CN.1 $(ROOT)/share/man/zh_CN/man1/qingdan.1
	install -m 644 $(BUILD)/doc/qingdan.bash $(ROOT)/share/bash-completion/completions/qingdan
	install -m 644 $(BUILD)/doc/_qingdan $(ROOT)/share/zsh/site-functions/
	install -m 644 $(BUILD)/doc/qingdan.fish $(ROOT)/share/fish/vendor_completions.d/
	rm -rf $(ROOT)/share/qingdan/rules
	cd rules && for f in $(RULES); do install -D -m 644 $$f $(abspath $(ROOT))/share/qingdan/rules/$$f || exit 1; done
uninstall:
	rm -f $(ROOT)/bin/qingdan $(ROOT)/lib/libqingdan.* $(ROOT)/lib/pkgconfig/qingdan.pc $(ROOT)/include/qingdan.h \
		$(ROOT)/share/man/man1/qingdan.1 $(ROOT)/share/man/zh_CN/man1/qingdan.1 $(ROOT)/share/bash-completion/completions/qingdan \
		$(ROOT)/share/zsh/site-functions/_qingdan $(ROOT)/share/fish/vendor_completions.d/qingdan.fish
	rm -rf $(ROOT)/share/qingdan
# ---- the command line against tests/cli, the library as its users build against it
.PHONY: check-cli bless-cli check-library
check-cli: $(BUILD)/qingdan
	tests/run_cli.sh $(BUILD)/qingdan
bless-cli: $(BUILD)/qingdan
	tests/run_cli.sh $(BUILD)/qingdan --bless
check-library:
	$(MAKE) BUILD=$(BUILD) DESTDIR=$(abspath $(BUILD))/installed PREFIX=/usr install > /dev/null
	tests/run_library.sh $(BUILD) $(abspath $(BUILD))/installed /usr
# ---- the whole way on a fresh machine: what is missing is installed first (tools/deps), then a make of its own builds
JOBS   ?= $(shell nproc 2>/dev/null || echo 2)
SPREAD  = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))
SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
.PHONY: run demo test check all floors score bench clean
all: $(BUILD)/qingdan $(TESTS)
run:
	tools/deps --install
	$(MAKE) $(SPREAD) BUILD=$(BUILD) $(BUILD)/qingdan
	$(MAKE) BUILD=$(BUILD) demo
demo: $(BUILD)/qingdan
	@mkdir -p $(BUILD)/demo
	$(BUILD)/qingdan -f md -o $(BUILD)/demo/ corpus/*/*.txt
	$(BUILD)/qingdan -f json -o $(BUILD)/demo/ corpus/*/*.txt 2>/dev/null
	@cat $(BUILD)/demo/p02.md
	@echo; echo "$(BUILD)/demo/: $$(ls $(BUILD)/demo/*.md | wc -l) documents of corpus/, each as .md and .json; above: p02.md"
test:
	tools/deps --install
	$(MAKE) $(SPREAD) BUILD=$(BUILD) WERROR=-Werror all
	$(MAKE) $(SPREAD) BUILD=$(BUILD)/asan WERROR=-Werror CFLAGS='$(SANITIZE)' all
	tests/run.sh $(BUILD) $(BUILD)/asan
check: all
	tests/run.sh $(BUILD)
floors:
	tools/check-floors
score: $(BUILD)/qingdan
	tools/score.py $(BUILD)/qingdan corpus
bench: $(BUILD)/qingdan
	tools/bench.py $(BUILD)/qingdan $(BUILD)/bench
clean:
	rm -rf $(BUILD)
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' -type f 2>/dev/null)
