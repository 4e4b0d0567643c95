/*
 * predict_value.h
 *		What a customer is worth: the purchases to come, discounted, times what
 *		each brings.
 */
#ifndef CLIENTELE_CLV_PREDICT_VALUE_H
#define CLIENTELE_CLV_PREDICT_VALUE_H

#include "clv/ask.h"

/* What the value of one customer is made of. */
typedef struct ValueQuestion
{
	Question	question;
	const Model *spend;
	double		purchases;		/* whose mean value is known; 0: none */
	double		mean;			/* that value */
	double		first;			/* purchases now, which nothing discounts */
	double		margin;
} ValueQuestion;

/* Take both models, arguments i and i + 1. */
extern void ask_value_models(FunctionCallInfo fcinfo, int i,
							 ValueQuestion *value);

/* Take a customer; without one the question is about a new one. */
extern void ask_value_customer(ValueQuestion *value, const Rfm *rfm);

/* Take annual_rate and margin, arguments i and i + 1. */
extern void ask_value_terms(FunctionCallInfo fcinfo, int i,
							ValueQuestion *value);

/* Purchases, discounted. */
extern double value_purchases(const ValueQuestion *value,
							  const double *parameters);

/* The value of one of them: NAN where the model knows none. */
extern double value_spend(const ValueQuestion *value,
						  const double *parameters);

/* The same under the model's own parameters, and an error for NAN. */
extern double value_spend_checked(const ValueQuestion *value);

#endif							/* CLIENTELE_CLV_PREDICT_VALUE_H */
