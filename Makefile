# qingdan: one makefile, nothing written outside $(BUILD).
#   make            build/qingdan, from installed packages
#   make run        installs what it needs, builds, reads corpus/ into build/demo/
#   make test       installs what it needs, builds, runs every test, also under the sanitizers
BUILD  ?= build
PREFIX ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0
PKGS   := libpcre2-16 icu-uc libcmark yaml-0.1 libxml-2.0 opencc libmd libcjson
WARN   := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -DQINGDAN_VERSION='"$(VERSION)"' -DQINGDAN_PREFIX='"$(PREFIX)"' \
	-fPIC $(WARN) $(WERROR) $(CFLAGS) -Isrc $(shell pkg-config --cflags $(PKGS))
LIBS   := $(shell pkg-config --libs $(PKGS)) -lm -lpthread
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
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
