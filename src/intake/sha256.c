/* The fingerprint by which a file or a record is known again. */
#include <sys/types.h>

#include <sha2.h>

#include "intake/reader.h"

struct str sha256_hex(struct arena *a, struct str bytes)
{
    SHA2_CTX context;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)bytes.at, bytes.len);
    SHA256Final(digest, &context);
    char *hex = arena_take(a, SHA256_DIGEST_STRING_LENGTH);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return (struct str){ hex, SHA256_DIGEST_STRING_LENGTH - 1 };
}
