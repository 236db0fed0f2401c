/*
 * The tiles of AMX where the processor has none, for tests.
 *
 * Preloaded (LD_PRELOAD) into a process, this answers the signal of an illegal instruction: where it
 * is one of AMX, it is done here and the process goes on behind it; any other signal goes to the
 * handler that the process wanted to install (a JVM has one), which sigaction keeps here instead.
 * Tiles and their shapes belong to a thread, as in a processor. What would fault there (#GP, #UD)
 * ends the process with a message.
 *
 * Done: ldtilecfg, tilerelease, tilezero, tileloadd, tileloaddt1, tilestored, tdpbf16ps, tdpbssd,
 * tdpbsud, tdpbusd, tdpbuud. Source: Intel 64 and IA-32 Architectures Software Developer's Manual,
 * volume 2. Linux on x86-64, with FMA.
 *
 * gcc -std=gnu11 -O3 -mavx2 -mfma -ffp-contract=off -shared -fPIC -o libamx.so amx-emulator.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <immintrin.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { TILES = 8, ROWS = 16, ROW_BYTES = 64, RESERVED = 14 };

/* What ldtilecfg reads. */
struct shapes {
  uint8_t palette;
  uint8_t start_row;
  uint8_t reserved[RESERVED];
  uint16_t column_bytes[16];
  uint8_t rows[16];
};

typedef union {
  uint8_t bytes[ROW_BYTES];
  uint16_t halves[ROW_BYTES / 2];
  int32_t ints[ROW_BYTES / 4];
  float floats[ROW_BYTES / 4];
} row;

/* Of each thread; laid out when the process begins, so that a signal handler may use them. */
static __thread __attribute__((tls_model("initial-exec"))) struct shapes shapes;
static __thread __attribute__((tls_model("initial-exec"))) row tiles[TILES][ROWS];

/* The handler of illegal instructions that the process wants. */
static struct sigaction wanted;

static void say(const char *text) {
  ssize_t written = write(2, text, strlen(text));
  (void)written;
}

static _Noreturn void fault(const char *what) {
  say("amx-emulator: ");
  say(what);
  say("\n");
  _exit(139);
}

/* ---- Operands ---- */

/* An instruction of AMX: C4, then these. */
struct instruction {
  int register_bit, index_bit, base_bit; /* 8 where the operand is a high register */
  int between;
  int prefix;
  int opcode;
  int mode, middle, last; /* ModRM */
  int length;
  uint64_t address;
  int64_t stride;
};

static const int GENERAL[] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                              REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                              REG_R12, REG_R13, REG_R14, REG_R15};

static uint64_t general(const ucontext_t *context, int number) {
  return (uint64_t)context->uc_mcontext.gregs[GENERAL[number]];
}

/* Base and displacement; an index is the stride of rows, but with ldtilecfg part of the address. */
static int address(const ucontext_t *context, const uint8_t *code, struct instruction *i) {
  int length = 0;
  int base = i->last;
  i->stride = 0;
  if (i->last == 4) {
    int sib = code[length++];
    int index = (sib >> 3 & 7) | i->index_bit;
    base = sib & 7;
    if (index != 4) {
      i->stride = (int64_t)(general(context, index) << (sib >> 6));
    }
  }
  if (i->mode == 0 && base == 5) {
    return -1; /* relative to rip, or no base: our code has neither */
  }
  int32_t displacement = 0;
  if (i->mode == 1) {
    displacement = (int8_t)code[length++];
  } else if (i->mode == 2) {
    memcpy(&displacement, code + length, 4);
    length += 4;
  }
  i->address = general(context, base | i->base_bit) + (uint64_t)(int64_t)displacement;
  return length;
}

/* Whether it is an instruction of three-byte VEX in the map 0F 38, of 128 bits, with W = 0. */
static int decode(const ucontext_t *context, struct instruction *i) {
  const uint8_t *code = (const uint8_t *)context->uc_mcontext.gregs[REG_RIP];
  if (code[0] != 0xC4 || (code[1] & 31) != 2 || (code[2] & 0x84) != 0) {
    return 0;
  }
  i->register_bit = code[1] & 0x80 ? 0 : 8;
  i->index_bit = code[1] & 0x40 ? 0 : 8;
  i->base_bit = code[1] & 0x20 ? 0 : 8;
  i->between = ~(code[2] >> 3) & 15;
  i->prefix = code[2] & 3;
  i->opcode = code[3];
  i->mode = code[4] >> 6;
  i->middle = code[4] >> 3 & 7;
  i->last = code[4] & 7;
  i->length = 5;
  if (i->mode != 3) {
    int more = address(context, code + 5, i);
    if (more < 0) {
      return 0;
    }
    i->length += more;
  }
  return 1;
}

/* ---- Shapes ---- */

static void release(void) {
  memset(&shapes, 0, sizeof shapes);
  memset(tiles, 0, sizeof tiles);
}

static void configure(uint64_t from) {
  struct shapes next;
  memcpy(&next, (const void *)from, sizeof next);
  release();
  if (next.palette == 0) {
    return;
  }
  if (next.palette != 1) {
    fault("ldtilecfg: no such palette (#GP)");
  }
  for (int n = 0; n < RESERVED; n++) {
    if (next.reserved[n] != 0) {
      fault("ldtilecfg: reserved bytes are not zero (#GP)");
    }
  }
  for (int n = 0; n < 16; n++) {
    int bytes = next.column_bytes[n];
    int rows = next.rows[n];
    if (bytes > ROW_BYTES || rows > ROWS || (bytes == 0) != (rows == 0) || (n >= TILES && rows)) {
      fault("ldtilecfg: no such shape (#GP)");
    }
  }
  shapes = next;
}

static int tile(int number, int high) {
  if (shapes.palette == 0) {
    fault("tiles without ldtilecfg (#UD)");
  }
  if (high || number >= TILES || shapes.rows[number] == 0) {
    fault("a tile that has no shape (#UD)");
  }
  return number;
}

/* ---- Moves ---- */

static void load(const struct instruction *i) {
  int to = tile(i->middle, i->register_bit);
  row read[ROWS];
  memset(read, 0, sizeof read);
  for (int r = 0; r < shapes.rows[to]; r++) {
    const uint8_t *from = (const uint8_t *)(i->address + (uint64_t)r * (uint64_t)i->stride);
    memcpy(read[r].bytes, from, shapes.column_bytes[to]);
  }
  memcpy(tiles[to], read, sizeof read);
}

static void store(const struct instruction *i) {
  int from = tile(i->middle, i->register_bit);
  for (int r = 0; r < shapes.rows[from]; r++) {
    uint8_t *to = (uint8_t *)(i->address + (uint64_t)r * (uint64_t)i->stride);
    memcpy(to, tiles[from][r].bytes, shapes.column_bytes[from]);
  }
}

/* ---- Products ---- */

static float widen(uint16_t half) {
  uint32_t bits = (uint32_t)half << 16;
  float number;
  memcpy(&number, &bits, 4);
  return number;
}

/* What lies outside of a destination's shape becomes zero. */
static void clear_rest(int to) {
  for (int r = 0; r < ROWS; r++) {
    int used = r < shapes.rows[to] ? shapes.column_bytes[to] : 0;
    memset(tiles[to][r].bytes + used, 0, (size_t)(ROW_BYTES - used));
  }
}

/* Two sums a lane, each of fused products, joined at the end; then added to the destination. */
static __attribute__((noinline)) void floats(int to, int a, int b) {
  int lanes = shapes.column_bytes[to] / 4;
  for (int m = 0; m < shapes.rows[to]; m++) {
    float even[ROW_BYTES / 4] = {0};
    float odd[ROW_BYTES / 4] = {0};
    for (int k = 0; k < shapes.column_bytes[a] / 4; k++) {
      float first = widen(tiles[a][m].halves[2 * k]);
      float second = widen(tiles[a][m].halves[2 * k + 1]);
      for (int n = 0; n < lanes; n++) {
        even[n] = __builtin_fmaf(first, widen(tiles[b][k].halves[2 * n]), even[n]);
        odd[n] = __builtin_fmaf(second, widen(tiles[b][k].halves[2 * n + 1]), odd[n]);
      }
    }
    for (int n = 0; n < lanes; n++) {
      tiles[to][m].floats[n] += even[n] + odd[n];
    }
  }
  clear_rest(to);
}

static int32_t byte(uint8_t bits, int has_sign) { return has_sign ? (int8_t)bits : bits; }

/* Sums of four products each; they wrap. */
static void integers(int to, int a, int b, int a_has_sign, int b_has_sign) {
  int lanes = shapes.column_bytes[to] / 4;
  for (int m = 0; m < shapes.rows[to]; m++) {
    for (int k = 0; k < shapes.column_bytes[a] / 4; k++) {
      for (int n = 0; n < lanes; n++) {
        uint32_t sum = (uint32_t)tiles[to][m].ints[n];
        for (int j = 0; j < 4; j++) {
          int32_t left = byte(tiles[a][m].bytes[4 * k + j], a_has_sign);
          int32_t right = byte(tiles[b][k].bytes[4 * n + j], b_has_sign);
          sum += (uint32_t)(left * right);
        }
        tiles[to][m].ints[n] = (int32_t)sum;
      }
    }
  }
  clear_rest(to);
}

static int product(const struct instruction *i) {
  int to = tile(i->middle, i->register_bit);
  int a = tile(i->last, i->base_bit);
  int b = tile(i->between, 0);
  if (to == a || to == b || a == b) {
    fault("tiles of a product must differ (#UD)");
  }
  if (shapes.column_bytes[to] % 4 || shapes.column_bytes[a] % 4 || shapes.column_bytes[b] % 4 ||
      shapes.rows[to] != shapes.rows[a] || shapes.column_bytes[a] / 4 != shapes.rows[b] ||
      shapes.column_bytes[to] != shapes.column_bytes[b]) {
    fault("shapes of a product do not fit (#UD)");
  }
  if (i->opcode == 0x5E) {
    integers(to, a, b, i->prefix >= 2, i->prefix == 3 || i->prefix == 1);
    return 1;
  }
  if (i->prefix != 2) {
    return 0;
  }
  /* To the nearest; subnormal numbers are zeros, read and written; no exceptions. */
  unsigned int control = _mm_getcsr();
  _mm_setcsr(0x9FC0);
  floats(to, a, b);
  _mm_setcsr(control);
  return 1;
}

/* ---- Signals ---- */

static int of_tiles(const struct instruction *i) {
  int memory = i->mode != 3;
  switch (i->opcode) {
    case 0x49:
      if (memory && i->middle == 0 && i->prefix == 0) {
        configure(i->address + (uint64_t)i->stride);
      } else if (!memory && i->prefix == 0 && i->middle == 0 && i->last == 0) {
        release();
      } else if (!memory && i->prefix == 3 && i->last == 0) {
        memset(tiles[tile(i->middle, i->register_bit)], 0, sizeof tiles[0]);
      } else {
        return 0;
      }
      return 1;
    case 0x4B:
      if (!memory || i->prefix == 0 || i->last != 4) {
        return 0;
      }
      if (i->prefix == 2) {
        store(i);
      } else {
        load(i);
      }
      return 1;
    case 0x5C:
    case 0x5E:
      return !memory && product(i);
    default:
      return 0;
  }
}

static void illegal(int number, siginfo_t *information, void *pointer) {
  ucontext_t *context = pointer;
  struct instruction i;
  if (decode(context, &i) && of_tiles(&i)) {
    context->uc_mcontext.gregs[REG_RIP] += i.length;
  } else if (wanted.sa_flags & SA_SIGINFO) {
    wanted.sa_sigaction(number, information, pointer);
  } else if (wanted.sa_handler != SIG_DFL && wanted.sa_handler != SIG_IGN) {
    wanted.sa_handler(number);
  } else {
    fault("an illegal instruction that is none of AMX");
  }
}

typedef int sigaction_function(int, const struct sigaction *, struct sigaction *);

static sigaction_function *next_sigaction(void) {
  return (sigaction_function *)dlsym(RTLD_NEXT, "sigaction");
}

/* In the place of the C library's. */
int sigaction(int number, const struct sigaction *action, struct sigaction *old) {
  if (number != SIGILL) {
    return next_sigaction()(number, action, old);
  }
  struct sigaction before = wanted;
  if (action != NULL) {
    wanted = *action;
  }
  if (old != NULL) {
    *old = before;
  }
  return 0;
}

__attribute__((constructor)) static void begin(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = illegal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigemptyset(&action.sa_mask);
  next_sigaction()(SIGILL, &action, NULL);
}
