//go:build bench && linux

package bench

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// figures are the values of one thing, one for each round; empty when it was
// not measured.
type figures []float64

// median is the middle value, or the mean of the middle two; 0 for none.
func (f figures) median() float64 {
	if len(f) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(f))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// max is the largest value; 0 for none.
func (f figures) max() float64 {
	if len(f) == 0 {
		return 0
	}
	return slices.Max(f)
}

// most is the largest value alone.
func (f figures) most() figures {
	if len(f) == 0 {
		return nil
	}
	return figures{f.max()}
}

// String is the median with the smallest and largest value, "-" for none.
func (f figures) String() string {
	switch len(f) {
	case 0:
		return "-"
	case 1:
		return short(f[0])
	}
	return fmt.Sprintf("%s [%s..%s]", short(f.median()), short(slices.Min(f)), short(slices.Max(f)))
}

// middle is the median alone, "-" for none.
func (f figures) middle() string {
	if len(f) == 0 {
		return "-"
	}
	return short(f.median())
}

// over divides value by value.
func (f figures) over(other figures) figures {
	var ratios figures
	for i := range min(len(f), len(other)) {
		if other[i] > 0 {
			ratios = append(ratios, f[i]/other[i])
		}
	}
	return ratios
}

// short prints a value with about three digits.
func short(v float64) string {
	switch size := math.Abs(v); {
	case size >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case size >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case size >= 0.1 || size == 0:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// mib are bytes in MiB.
func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
