/*
 * cells_sort_template.h
 *		The sort of cells_sort.c for one type of cell: CELL, SORT_CELLS, NKEYS.
 *
 * No include guard: included once for each type.
 */

/* The bits of key k: the doubles first, the number last. */
static inline uint64_t
CELL_KEY(const CELL * cell, int k)
{
	uint64_t	bits;

	if (k == NKEYS - 1)
		return cell->number;
	memcpy(&bits, &cell->key[k], sizeof(bits));
	return bits;
}

/* Sort a few cells by insertion. */
static void
INSERT_CELLS(CELL * cells, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		CELL		cell = cells[i];
		size_t		j = i;

		for (; j > 0; j--)
		{
			int			k = NKEYS - 1;

			while (k > 0 &&
				   CELL_KEY(&cells[j - 1], k) == CELL_KEY(&cell, k))
				k--;
			if (CELL_KEY(&cells[j - 1], k) <= CELL_KEY(&cell, k))
				break;
			cells[j] = cells[j - 1];
		}
		cells[j] = cell;
	}
}

/* Sort cells. */
void
SORT_CELLS(CELL * cells, size_t n, CELL * scratch)
{
	CELL	   *from = cells;
	CELL	   *to = scratch;
	int			digit_bits = n < MANY_CELLS ? FEW_BITS : MANY_BITS;
	size_t		radix = (size_t) 1 << digit_bits;
	uint64_t	varying[NKEYS] = {0};

	if (n <= INSERTION_CELLS)
	{
		INSERT_CELLS(cells, n);
		return;
	}
	for (size_t i = 1; i < n; i++)
		for (int k = 0; k < NKEYS; k++)
			varying[k] |= CELL_KEY(&cells[i], k) ^ CELL_KEY(&cells[0], k);
	for (int k = 0; k < NKEYS; k++)
		for (int shift = 0; shift < 64 && varying[k] >> shift != 0;)
		{
			size_t		places[1 << MANY_BITS];
			size_t		sum = 0;
			CELL	   *swap;

			/* a digit begins at the next bit that differs */
			if (((varying[k] >> shift) & 1) == 0)
			{
				shift++;
				continue;
			}
			memset(places, 0, radix * sizeof(size_t));
			for (size_t i = 0; i < n; i++)
				places[(CELL_KEY(&from[i], k) >> shift) & (radix - 1)]++;
			for (size_t digit = 0; digit < radix; digit++)
			{
				size_t		count = places[digit];

				places[digit] = sum;
				sum += count;
			}
			for (size_t i = 0; i < n; i++)
				to[places[(CELL_KEY(&from[i], k) >> shift) &
						  (radix - 1)]++] = from[i];
			swap = from;
			from = to;
			to = swap;
			shift += digit_bits;
		}
	if (from != cells)
		memcpy(cells, from, n * sizeof(CELL));
}

#undef CELL
#undef SORT_CELLS
#undef INSERT_CELLS
#undef CELL_KEY
#undef NKEYS
