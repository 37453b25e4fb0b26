/*
 * The most that a loop on libcrypto reaches: RFC 8291 records of 300 bytes for 1,000 browsers in turn, one thread, a fresh key each.
 * Nothing is checked, wiped or laid out for anybody; every object is made once, and randomness is drawn for 64 messages at once.
 *
 * limit SECONDS   prints: messages, CPU-seconds of the process
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BROWSERS = 1000, PAYLOAD = 300, BATCH = 64, POINT = 65, SALT = 16, SCALAR = 32, HEADER = SALT + 5 + POINT, TAG = 16 };

struct browser {
    unsigned char p256dh[POINT], auth[16];
};

static EC_GROUP *group;
static EC_POINT *theirs, *product;
static BIGNUM *scalar, *coordinate;
static BN_CTX *scratch;
static EVP_CIPHER_CTX *cipher;

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

static void hmac(const unsigned char *key, size_t key_length, const unsigned char *data, size_t length, unsigned char *mac) {
    unsigned char pad[64], inner[32];
    SHA256_CTX state;
    memset(pad, 0x36, sizeof pad);
    for (size_t i = 0; i < key_length; i++) pad[i] ^= key[i];
    SHA256_Init(&state);
    SHA256_Update(&state, pad, sizeof pad);
    SHA256_Update(&state, data, length);
    SHA256_Final(inner, &state);
    for (size_t i = 0; i < sizeof pad; i++) pad[i] ^= 0x36 ^ 0x5c;
    SHA256_Init(&state);
    SHA256_Update(&state, pad, sizeof pad);
    SHA256_Update(&state, inner, sizeof inner);
    SHA256_Final(mac, &state);
}

/* RFC 8291 §3.3-3.4 and RFC 8188 §2 */
static int encrypt(const struct browser *to, const unsigned char *k, const unsigned char *salt, const unsigned char *payload, int length,
                   unsigned char *record) {
    static const unsigned char key_label[] = "Content-Encoding: aes128gcm\0\1", nonce_label[] = "Content-Encoding: nonce\0\1";
    unsigned char secret[32], extracted[32], input[32], key[32], nonce[32], info[14 + 2 * POINT + 1], *point = record + SALT + 5;
    int written;

    BN_bin2bn(k, SCALAR, scalar);
    EC_POINT_mul(group, product, scalar, NULL, NULL, scratch);
    EC_POINT_point2oct(group, product, POINT_CONVERSION_UNCOMPRESSED, point, POINT, scratch);
    EC_POINT_oct2point(group, theirs, to->p256dh, POINT, scratch);
    EC_POINT_mul(group, product, NULL, theirs, scalar, scratch);
    EC_POINT_get_affine_coordinates(group, product, coordinate, NULL, scratch);
    BN_bn2binpad(coordinate, secret, sizeof secret);

    memcpy(info, "WebPush: info", 14);
    memcpy(info + 14, to->p256dh, POINT);
    memcpy(info + 14 + POINT, point, POINT);
    info[14 + 2 * POINT] = 1;
    hmac(to->auth, sizeof to->auth, secret, sizeof secret, extracted);
    hmac(extracted, sizeof extracted, info, sizeof info, input);
    hmac(salt, SALT, input, sizeof input, extracted);
    hmac(extracted, sizeof extracted, key_label, sizeof key_label - 1, key);
    hmac(extracted, sizeof extracted, nonce_label, sizeof nonce_label - 1, nonce);

    memcpy(record, salt, SALT);
    memcpy(record + SALT, "\0\0\x10\0\x41", 5);
    EVP_EncryptInit_ex2(cipher, NULL, key, nonce, NULL);
    EVP_EncryptUpdate(cipher, record + HEADER, &written, payload, length);
    EVP_EncryptUpdate(cipher, record + HEADER + length, &written, (const unsigned char *)"\2", 1);
    EVP_EncryptFinal_ex(cipher, record + HEADER + length + 1, &written);
    EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, TAG, record + HEADER + length + 1);
    return HEADER + length + 1 + TAG;
}

static void hex(const char *text, unsigned char *bytes) {
    for (unsigned value; sscanf(text, "%2x", &value) == 1; text += 2) *bytes++ = value;
}

/* The example of RFC 8291 §5: a limit that computes something else would be none. */
static int is_right(void) {
    static const char message[] = "When I grow up, I want to be a watermelon";
    struct browser browser;
    unsigned char k[SCALAR], salt[SALT], record[4096], expected[144];
    hex("042571b2becdfde360551aaf1ed0f4cd366c11cebe555f89bcb7b186a53339173168ece2ebe018597bd30479b86e3c8f8eced577ca59187e9246990db682008b0e",
        browser.p256dh);
    hex("05305932a1c7eabe13b6cec9fda48882", browser.auth);
    hex("c9f58f89813e9f8e872e71f42aa64e1757c9254dcc62b72ddc010bb4043ea11c", k);
    hex("0c6bfaadad67958803092d454676f397", salt);
    hex("0c6bfaadad67958803092d454676f397000010004104fe33f4ab0dea71914db55823f73b54948f41306d920732dbb9a59a53286482200e597a7b7bc260ba"
        "1c227998580992e93973002f3012a28ae8f06bbb78e5ec0ff297de5b429bba7153d3a4ae0caa091fd425f3b4b5414add8ab37a19c1bbb05cf5cb5b2a2e05"
        "62d558635641ec52812c6c8ff42e95ccb86be7cd",
        expected);
    return encrypt(&browser, k, salt, (const unsigned char *)message, sizeof message - 1, record) == sizeof expected
        && memcmp(record, expected, sizeof expected) == 0;
}

int main(int count, char **arguments) {
    static struct browser browsers[BROWSERS];
    unsigned char payload[PAYLOAD], record[4096], scalars[BATCH][SCALAR], salts[BATCH][SALT];
    double duration = count > 1 ? atof(arguments[1]) : 2, start, cpu;
    long messages = 0;

    group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    theirs = EC_POINT_new(group);
    product = EC_POINT_new(group);
    scalar = BN_new();
    coordinate = BN_new();
    scratch = BN_CTX_new();
    cipher = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex2(cipher, EVP_aes_128_gcm(), NULL, NULL, NULL);
    if (!is_right()) {
        fputs("The example of RFC 8291 is not met.\n", stderr);
        return 1;
    }

    RAND_bytes(payload, sizeof payload);
    for (int i = 0; i < BROWSERS; i++) {
        RAND_bytes(browsers[i].auth, sizeof browsers[i].auth);
        BN_priv_rand_range(scalar, EC_GROUP_get0_order(group));
        EC_POINT_mul(group, product, scalar, NULL, NULL, scratch);
        EC_POINT_point2oct(group, product, POINT_CONVERSION_UNCOMPRESSED, browsers[i].p256dh, POINT, scratch);
    }

    start = seconds(CLOCK_MONOTONIC);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    do {
        RAND_bytes(scalars[0], sizeof scalars);
        RAND_bytes(salts[0], sizeof salts);
        for (int i = 0; i < BATCH; i++, messages++) {
            encrypt(&browsers[messages % BROWSERS], scalars[i], salts[i], payload, PAYLOAD, record);
        }
    } while (seconds(CLOCK_MONOTONIC) - start < duration);
    printf("%ld %.6f\n", messages, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    return 0;
}
