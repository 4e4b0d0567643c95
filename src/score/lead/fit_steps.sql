-- The passes of a fit: what the training set holds, and one step of the
-- regression. Numbers come as arguments of their own, NULL where a lead has
-- fewer, as the executor takes as long to put twenty of them into an array as
-- for all the rest of a pass.
CREATE TYPE clientele.training_summary;

CREATE FUNCTION clientele.training_summary_in(cstring) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.training_summary_in(cstring) IS 'Input of training_summary: text.';

CREATE FUNCTION clientele.training_summary_out(clientele.training_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_training_summary_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.training_summary_out(clientele.training_summary) IS 'Output of training_summary: text.';

CREATE FUNCTION clientele.training_summary_recv(internal) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.training_summary_recv(internal) IS 'Binary input of training_summary.';

CREATE FUNCTION clientele.training_summary_send(clientele.training_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_training_summary_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.training_summary_send(clientele.training_summary) IS 'Binary output of training_summary.';

CREATE TYPE clientele.training_summary (
	INPUT = clientele.training_summary_in,
	OUTPUT = clientele.training_summary_out,
	RECEIVE = clientele.training_summary_recv,
	SEND = clientele.training_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.training_summary IS
'What the first pass of fit_lead_model() finds: leads won and lost, moments of each number, levels of each category. Made by the aggregates training_summary, to be sent from worker to worker; its text is the binary form in hexadecimal digits.';

CREATE FUNCTION clientele.training_summary_union(clientele.training_summary, clientele.training_summary) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.training_summary_union(clientele.training_summary, clientele.training_summary) IS
'The rows of both: combine function of the aggregates training_summary.';

CREATE FUNCTION clientele.training_summary_final(clientele.training_summary) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.training_summary_final(clientele.training_summary) IS
'Final function of the aggregates training_summary: no row waits to be added; NULL without rows.';

CREATE FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8[]) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8[]) IS
'Transition function of the aggregate training_summary of leads with numbers as an array.';

CREATE AGGREGATE clientele.training_summary(outcome boolean, weight float8, frequency float8, categories text[], numbers float8[]) (
	SFUNC = clientele.training_summary_add,
	STYPE = clientele.training_summary,
	SSPACE = 16384,
	FINALFUNC = clientele.training_summary_final,
	COMBINEFUNC = clientele.training_summary_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.training_summary(boolean, float8, float8, text[], float8[]) IS
'What the training set of a lead model holds: for each number how often it is known among won and lost leads, mean, spread and extremes; for each category its levels with the leads won and lost. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. Merges; the same in any order of rows up to rounding. For leads with numbers as an array.';

CREATE FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate training_summary of leads with up to 10 numbers.';

CREATE AGGREGATE clientele.training_summary(outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8) (
	SFUNC = clientele.training_summary_add,
	STYPE = clientele.training_summary,
	SSPACE = 16384,
	FINALFUNC = clientele.training_summary_final,
	COMBINEFUNC = clientele.training_summary_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.training_summary(boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'What the training set of a lead model holds: for each number how often it is known among won and lost leads, mean, spread and extremes; for each category its levels with the leads won and lost. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. Merges; the same in any order of rows up to rounding. For leads with up to 10 numbers.';

CREATE FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate training_summary of leads with up to 20 numbers.';

CREATE AGGREGATE clientele.training_summary(outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8, number_11 float8, number_12 float8, number_13 float8, number_14 float8, number_15 float8, number_16 float8, number_17 float8, number_18 float8, number_19 float8, number_20 float8) (
	SFUNC = clientele.training_summary_add,
	STYPE = clientele.training_summary,
	SSPACE = 16384,
	FINALFUNC = clientele.training_summary_final,
	COMBINEFUNC = clientele.training_summary_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.training_summary(boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'What the training set of a lead model holds: for each number how often it is known among won and lost leads, mean, spread and extremes; for each category its levels with the leads won and lost. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. Merges; the same in any order of rows up to rounding. For leads with up to 20 numbers.';

CREATE FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate training_summary of leads with up to 40 numbers.';

CREATE AGGREGATE clientele.training_summary(outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8, number_11 float8, number_12 float8, number_13 float8, number_14 float8, number_15 float8, number_16 float8, number_17 float8, number_18 float8, number_19 float8, number_20 float8, number_21 float8, number_22 float8, number_23 float8, number_24 float8, number_25 float8, number_26 float8, number_27 float8, number_28 float8, number_29 float8, number_30 float8, number_31 float8, number_32 float8, number_33 float8, number_34 float8, number_35 float8, number_36 float8, number_37 float8, number_38 float8, number_39 float8, number_40 float8) (
	SFUNC = clientele.training_summary_add,
	STYPE = clientele.training_summary,
	SSPACE = 16384,
	FINALFUNC = clientele.training_summary_final,
	COMBINEFUNC = clientele.training_summary_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.training_summary(boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'What the training set of a lead model holds: for each number how often it is known among won and lost leads, mean, spread and extremes; for each category its levels with the leads won and lost. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. Merges; the same in any order of rows up to rounding. For leads with up to 40 numbers.';

CREATE FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.training_summary
	AS 'MODULE_PATHNAME', 'clientele_training_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION clientele.training_summary_add(clientele.training_summary, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate training_summary of leads with up to 80 numbers.';

CREATE AGGREGATE clientele.training_summary(outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8, number_11 float8, number_12 float8, number_13 float8, number_14 float8, number_15 float8, number_16 float8, number_17 float8, number_18 float8, number_19 float8, number_20 float8, number_21 float8, number_22 float8, number_23 float8, number_24 float8, number_25 float8, number_26 float8, number_27 float8, number_28 float8, number_29 float8, number_30 float8, number_31 float8, number_32 float8, number_33 float8, number_34 float8, number_35 float8, number_36 float8, number_37 float8, number_38 float8, number_39 float8, number_40 float8, number_41 float8, number_42 float8, number_43 float8, number_44 float8, number_45 float8, number_46 float8, number_47 float8, number_48 float8, number_49 float8, number_50 float8, number_51 float8, number_52 float8, number_53 float8, number_54 float8, number_55 float8, number_56 float8, number_57 float8, number_58 float8, number_59 float8, number_60 float8, number_61 float8, number_62 float8, number_63 float8, number_64 float8, number_65 float8, number_66 float8, number_67 float8, number_68 float8, number_69 float8, number_70 float8, number_71 float8, number_72 float8, number_73 float8, number_74 float8, number_75 float8, number_76 float8, number_77 float8, number_78 float8, number_79 float8, number_80 float8) (
	SFUNC = clientele.training_summary_add,
	STYPE = clientele.training_summary,
	SSPACE = 16384,
	FINALFUNC = clientele.training_summary_final,
	COMBINEFUNC = clientele.training_summary_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.training_summary(boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'What the training set of a lead model holds: for each number how often it is known among won and lost leads, mean, spread and extremes; for each category its levels with the leads won and lost. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. Merges; the same in any order of rows up to rounding. For leads with up to 80 numbers.';

CREATE TYPE clientele.logistic_step;

CREATE FUNCTION clientele.logistic_step_in(cstring) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.logistic_step_in(cstring) IS 'Input of logistic_step: text.';

CREATE FUNCTION clientele.logistic_step_out(clientele.logistic_step) RETURNS cstring
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.logistic_step_out(clientele.logistic_step) IS 'Output of logistic_step: text.';

CREATE FUNCTION clientele.logistic_step_recv(internal) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.logistic_step_recv(internal) IS 'Binary input of logistic_step.';

CREATE FUNCTION clientele.logistic_step_send(clientele.logistic_step) RETURNS bytea
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.logistic_step_send(clientele.logistic_step) IS 'Binary output of logistic_step.';

CREATE TYPE clientele.logistic_step (
	INPUT = clientele.logistic_step_in,
	OUTPUT = clientele.logistic_step_out,
	RECEIVE = clientele.logistic_step_recv,
	SEND = clientele.logistic_step_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE clientele.logistic_step IS
'One Newton step of a logistic regression: its terms and estimates, and what rows add to log-likelihood, gradient and information. Made by fit_lead_model() and the aggregates logistic_step, to be sent from worker to worker; its text is the binary form in hexadecimal digits.';

CREATE FUNCTION clientele.logistic_step_union(clientele.logistic_step, clientele.logistic_step) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_union'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.logistic_step_union(clientele.logistic_step, clientele.logistic_step) IS
'The rows of both: combine function of the aggregates logistic_step.';

CREATE FUNCTION clientele.logistic_step_final(clientele.logistic_step) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clientele.logistic_step_final(clientele.logistic_step) IS
'Final function of the aggregates logistic_step: no row waits to be added; NULL without rows.';

CREATE FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8[]) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8[]) IS
'Transition function of the aggregate logistic_step of leads with numbers as an array.';

CREATE AGGREGATE clientele.logistic_step(step clientele.logistic_step, outcome boolean, weight float8, frequency float8, categories text[], numbers float8[]) (
	SFUNC = clientele.logistic_step_add,
	STYPE = clientele.logistic_step,
	SSPACE = 32768,
	FINALFUNC = clientele.logistic_step_final,
	COMBINEFUNC = clientele.logistic_step_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.logistic_step(clientele.logistic_step, boolean, float8, float8, text[], float8[]) IS
'One step of a logistic regression: adds leads to a step that says what terms and estimates there are. Log-likelihood and gradient are compensated sums. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. As large as the model, whatever the rows: 4 MB for 1000 terms. Merges; the same in any order of rows up to rounding. For leads with numbers as an array.';

CREATE FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate logistic_step of leads with up to 10 numbers.';

CREATE AGGREGATE clientele.logistic_step(step clientele.logistic_step, outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8) (
	SFUNC = clientele.logistic_step_add,
	STYPE = clientele.logistic_step,
	SSPACE = 32768,
	FINALFUNC = clientele.logistic_step_final,
	COMBINEFUNC = clientele.logistic_step_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.logistic_step(clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'One step of a logistic regression: adds leads to a step that says what terms and estimates there are. Log-likelihood and gradient are compensated sums. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. As large as the model, whatever the rows: 4 MB for 1000 terms. Merges; the same in any order of rows up to rounding. For leads with up to 10 numbers.';

CREATE FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate logistic_step of leads with up to 20 numbers.';

CREATE AGGREGATE clientele.logistic_step(step clientele.logistic_step, outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8, number_11 float8, number_12 float8, number_13 float8, number_14 float8, number_15 float8, number_16 float8, number_17 float8, number_18 float8, number_19 float8, number_20 float8) (
	SFUNC = clientele.logistic_step_add,
	STYPE = clientele.logistic_step,
	SSPACE = 32768,
	FINALFUNC = clientele.logistic_step_final,
	COMBINEFUNC = clientele.logistic_step_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.logistic_step(clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'One step of a logistic regression: adds leads to a step that says what terms and estimates there are. Log-likelihood and gradient are compensated sums. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. As large as the model, whatever the rows: 4 MB for 1000 terms. Merges; the same in any order of rows up to rounding. For leads with up to 20 numbers.';

CREATE FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate logistic_step of leads with up to 40 numbers.';

CREATE AGGREGATE clientele.logistic_step(step clientele.logistic_step, outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8, number_11 float8, number_12 float8, number_13 float8, number_14 float8, number_15 float8, number_16 float8, number_17 float8, number_18 float8, number_19 float8, number_20 float8, number_21 float8, number_22 float8, number_23 float8, number_24 float8, number_25 float8, number_26 float8, number_27 float8, number_28 float8, number_29 float8, number_30 float8, number_31 float8, number_32 float8, number_33 float8, number_34 float8, number_35 float8, number_36 float8, number_37 float8, number_38 float8, number_39 float8, number_40 float8) (
	SFUNC = clientele.logistic_step_add,
	STYPE = clientele.logistic_step,
	SSPACE = 32768,
	FINALFUNC = clientele.logistic_step_final,
	COMBINEFUNC = clientele.logistic_step_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.logistic_step(clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'One step of a logistic regression: adds leads to a step that says what terms and estimates there are. Log-likelihood and gradient are compensated sums. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. As large as the model, whatever the rows: 4 MB for 1000 terms. Merges; the same in any order of rows up to rounding. For leads with up to 40 numbers.';

CREATE FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) RETURNS clientele.logistic_step
	AS 'MODULE_PATHNAME', 'clientele_logistic_step_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 4;
COMMENT ON FUNCTION clientele.logistic_step_add(clientele.logistic_step, clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Transition function of the aggregate logistic_step of leads with up to 80 numbers.';

CREATE AGGREGATE clientele.logistic_step(step clientele.logistic_step, outcome boolean, weight float8, frequency float8, categories text[], number_1 float8, number_2 float8, number_3 float8, number_4 float8, number_5 float8, number_6 float8, number_7 float8, number_8 float8, number_9 float8, number_10 float8, number_11 float8, number_12 float8, number_13 float8, number_14 float8, number_15 float8, number_16 float8, number_17 float8, number_18 float8, number_19 float8, number_20 float8, number_21 float8, number_22 float8, number_23 float8, number_24 float8, number_25 float8, number_26 float8, number_27 float8, number_28 float8, number_29 float8, number_30 float8, number_31 float8, number_32 float8, number_33 float8, number_34 float8, number_35 float8, number_36 float8, number_37 float8, number_38 float8, number_39 float8, number_40 float8, number_41 float8, number_42 float8, number_43 float8, number_44 float8, number_45 float8, number_46 float8, number_47 float8, number_48 float8, number_49 float8, number_50 float8, number_51 float8, number_52 float8, number_53 float8, number_54 float8, number_55 float8, number_56 float8, number_57 float8, number_58 float8, number_59 float8, number_60 float8, number_61 float8, number_62 float8, number_63 float8, number_64 float8, number_65 float8, number_66 float8, number_67 float8, number_68 float8, number_69 float8, number_70 float8, number_71 float8, number_72 float8, number_73 float8, number_74 float8, number_75 float8, number_76 float8, number_77 float8, number_78 float8, number_79 float8, number_80 float8) (
	SFUNC = clientele.logistic_step_add,
	STYPE = clientele.logistic_step,
	SSPACE = 32768,
	FINALFUNC = clientele.logistic_step_final,
	COMBINEFUNC = clientele.logistic_step_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE clientele.logistic_step(clientele.logistic_step, boolean, float8, float8, text[], float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'One step of a logistic regression: adds leads to a step that says what terms and estimates there are. Log-likelihood and gradient are compensated sums. Rows whose outcome is NULL, or whose weight or frequency is NULL, NaN, negative or above 1e15, are skipped and counted; a NaN or infinite number counts as missing. As large as the model, whatever the rows: 4 MB for 1000 terms. Merges; the same in any order of rows up to rounding. For leads with up to 80 numbers.';
