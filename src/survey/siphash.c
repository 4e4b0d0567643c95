/*
 * siphash.c
 *		SipHash-2-4, a keyed hash of bytes. Pure C.
 *
 * Written from the specification: Aumasson and Bernstein, SipHash: a fast
 * short-input PRF, 2012, section 2. Two rounds for each word of eight bytes,
 * four at the end. The same on every machine, whatever its byte order.
 */
#include "survey/siphash.h"

/* x rotated to the left */
static inline uint64_t
rotate(uint64_t x, int bits)
{
	return (x << bits) | (x >> (64 - bits));
}

/* A SipRound on the state (figure 2.1) */
static inline void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] = rotate(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] = rotate(v[2], 32);
}

/* Take in a word. */
static inline void
compress(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	sip_round(v);
	sip_round(v);
	v[0] ^= word;
}

/* The hash; see siphash.h */
uint64_t
siphash24(const unsigned char *bytes, size_t length, uint64_t key0,
		  uint64_t key1)
{
	uint64_t	v[4];
	uint64_t	word = 0;
	size_t		at;

	v[0] = key0 ^ UINT64_C(0x736f6d6570736575);
	v[1] = key1 ^ UINT64_C(0x646f72616e646f6d);
	v[2] = key0 ^ UINT64_C(0x6c7967656e657261);
	v[3] = key1 ^ UINT64_C(0x7465646279746573);
	for (at = 0; at < length; at++)
	{
		word |= (uint64_t) bytes[at] << (8 * (at & 7));
		if ((at & 7) == 7)
		{
			compress(v, word);
			word = 0;
		}
	}
	/* the last word ends with the length */
	compress(v, word | (uint64_t) (length & 0xff) << 56);
	v[2] ^= 0xff;
	for (int i = 0; i < 4; i++)
		sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}
