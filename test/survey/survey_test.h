/*
 * survey_test.h
 *		What the tests of the survey's mathematics share.
 */
#ifndef CLIENTELE_SURVEY_TEST_H
#define CLIENTELE_SURVEY_TEST_H

#include <stdbool.h>

/* Count one test; prints what and the message if it failed. */
extern void expect(bool ok, const char *what,...);

/* For sort_values() */
extern void no_interrupt(void);

/* survey_properties_test.c */
extern void test_properties(void);

#endif							/* CLIENTELE_SURVEY_TEST_H */
