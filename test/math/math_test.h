/*
 * math_test.h
 *		What the tests of the mathematics share.
 */
#ifndef CLIENTELE_MATH_TEST_H
#define CLIENTELE_MATH_TEST_H

#include <stdbool.h>
#include <stddef.h>

extern int	tests_passed;
extern int	tests_failed;

/* Count one test; prints what and the message if it failed. */
extern void expect(bool ok, const char *what,...);

/* A line of reference.csv */
#define MAX_ARGUMENTS 8
typedef struct Reference
{
	char		name[40];
	int			narguments;
	double		arguments[MAX_ARGUMENTS];
	double		value;
	double		scale;
} Reference;

/* newton_test.c */
extern void test_newton(const Reference *references, size_t n);

#endif							/* CLIENTELE_MATH_TEST_H */
