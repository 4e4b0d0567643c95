# Clientele, built with PostgreSQL's own extension makefiles (PGXS).
#
#   make && make install        for the server whose pg_config comes first
#   make PG_CONFIG=/path/to/pg_config install      for another one
#   make installcheck           pg_regress against a running server

PG_CONFIG ?= pg_config

EXTENSION = clientele
# The version is written in the control file and nowhere else.
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" clientele.control)

MODULE_big = clientele
SOURCES := $(sort $(wildcard src/*.c src/*/*.c src/*/*/*.c))
HEADER_FILES := $(sort $(wildcard src/*.h src/*/*.h src/*/*/*.h))
OBJS = $(SOURCES:.c=.o)

# The install script is put together from the SQL beside the C code, a type
# before the functions that take it.
SQL_PARTS = \
	src/clientele.sql \
	src/purchase/purchase_history.sql \
	src/purchase/rfm.sql \
	src/purchase/purchase_calendar.sql \
	src/clv/customer_base.sql \
	src/clv/covariate_base.sql \
	src/clv/spend_base.sql \
	src/clv/purchase_model.sql \
	src/clv/spend_model.sql \
	src/clv/covariates.sql \
	src/clv/predict.sql \
	src/clv/predict_rate.sql \
	src/clv/predict_value.sql \
	src/clv/total.sql \
	src/clv/tracking.sql \
	src/clv/frequency_distribution.sql \
	src/clv/holdout_error.sql \
	src/clv/renewal_base.sql \
	src/clv/renewal_model.sql \
	src/clv/renewal_predict.sql \
	src/clv/likelihood_ratio.sql \
	src/touch/touchpoints.sql \
	src/touch/coverage.sql \
	src/score/decayed_score.sql \
	src/score/decay.sql \
	src/score/card/scorecard.sql \
	src/score/card/score_sheet.sql \
	src/score/calibration/calibration.sql \
	src/score/evaluation/scored_outcomes.sql \
	src/score/evaluation/evaluation.sql \
	src/score/evaluation/paired_scores.sql \
	src/score/calibration/calibration_fit.sql \
	src/score/evidence/outcome_counts.sql \
	src/score/evidence/weight_of_evidence.sql \
	src/score/lead/lead_model.sql \
	src/score/lead/fit_steps.sql \
	src/score/lead/fit_lead_model.sql \
	src/score/lead/scorecard_from_model.sql \
	src/score/evidence/evidence_bins.sql \
	src/score/lead/win_probability.sql \
	src/score/evaluation/population_stability.sql \
	src/survey/survey_intervals.sql \
	src/survey/strata.sql \
	src/survey/sample_rank.sql \
	src/survey/concentration.sql \
	src/survey/two_samples.sql \
	src/people/name_similarity.sql \
	src/workspace/template.sql \
	src/workspace/value.sql \
	src/workspace/source.sql \
	src/workspace/workspace.sql \
	src/workspace/set_source.sql \
	src/workspace/explain.sql \
	src/workspace/sees_all.sql \
	src/workspace/kept.sql \
	src/workspace/upgrade.sql \
	src/workspace/upgrade_before.sql \
	src/workspace/customer_leads.sql \
	src/workspace/refresh_leads.sql \
	src/workspace/refresh_renewals.sql \
	src/workspace/refresh_facts.sql \
	src/workspace/refresh.sql \
	src/workspace/sample_random.sql \
	src/workspace/sample.sql \
	src/workspace/sample_subscriptions.sql \
	src/workspace/sample_leads.sql \
	src/workspace/sample_story.sql \
	src/workspace/sample_people.sql \
	src/workspace/sample_programs.sql \
	src/workspace/sample_touches.sql \
	src/workspace/sample_touchpoints.sql \
	src/workspace/sample_quotes.sql \
	src/workspace/sample_load.sql
# Templates of the workspace, kept as rows of clientele.template: its own tables,
# the entities of each source (a file, or a folder whose files are one text in
# the order of their names), the insights.
TEMPLATES := $(sort $(wildcard tables/*.sql)) $(sort $(wildcard sources/*.sql sources/*/*.sql)) $(sort $(wildcard views/*.sql))
SQL_PARTS := $(wildcard $(SQL_PARTS))
EXTENSION_SCRIPT = $(EXTENSION)--$(EXTVERSION).sql

DATA_built = $(EXTENSION_SCRIPT)
DATA = $(wildcard upgrade/*--*--*.sql)

REGRESS = $(patsubst sql/%.sql,%,$(sort $(wildcard sql/*.sql)))
REGRESS_OPTS = --inputdir=. --load-extension=clientele

# Every machine is to print the same digits: no fused multiply-add, no
# fast-math, no -march.
# The server's headers are not ours to warn about: they are system headers.
PG_CPPFLAGS = -isystem $(shell $(PG_CONFIG) --includedir-server) -Isrc -DCLIENTELE_VERSION='"$(EXTVERSION)"'
PG_CFLAGS = -ffp-contract=off -MMD -MP
SHLIB_LINK = -lm

EXTRA_CLEAN = $(OBJS:.o=.d) build clientele--*.sql

PGXS := $(shell $(PG_CONFIG) --pgxs)
# A server built with just-in-time compilation asks for clang, to inline what
# an extension brings; without clang that is left out rather than failing.
CLANG_OF_SERVER := $(shell sed -n 's/^CLANG *= *//p' "$(dir $(PGXS))../Makefile.global")
ifeq ($(shell command -v $(or $(CLANG_OF_SERVER),clang)),)
override with_llvm = no
endif
include $(PGXS)

-include $(OBJS:.o=.d)
# What PGXS compiles for just-in-time inlining knows no headers of its own.
$(OBJS:.o=.bc): $(HEADER_FILES)
BITCODE_CFLAGS += -ffp-contract=off
$(OBJS): clientele.control

$(EXTENSION_SCRIPT): clientele.control Makefile build-script $(SQL_PARTS) $(TEMPLATES)
	./build-script $(EXTVERSION) $(SQL_PARTS) -- $(TEMPLATES) > $@.tmp
	mv $@.tmp $@
