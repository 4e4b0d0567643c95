/*
 * tiles.h
 *		Scores in tiles: lift, gains and the stability of a population. Pure C.
 */
#ifndef CLIENTELE_SCORE_TILES_H
#define CLIENTELE_SCORE_TILES_H

#include <stddef.h>
#include <stdint.h>

#include "score/evaluation/outcome_group.h"

#define MAX_TILES	100000

#endif							/* CLIENTELE_SCORE_TILES_H */
