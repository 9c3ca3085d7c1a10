// Package rows shows very many rows of one height. The toolkit's own lists
// keep positions as float32, which counts single units only up to 16.7 million:
// a million rows stick and jitter. Here a position is a row's number and a
// fraction of a row, exact at any depth, and only the rows on screen exist.
//
// Start with List, for rows that the caller makes, and CodeView, for the lines
// of a Document. Both stand on axis, which is all the arithmetic there is.
package rows
