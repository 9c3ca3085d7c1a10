package settings

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// ParseSize reads a number of bytes: "2GB", "500 MiB", "1.5 GB" or "1048576".
// kB, MB, GB and TB count in thousands, KiB, MiB, GiB and TiB in 1024s.
func ParseSize(text string) (int64, error) {
	n, err := humanize.ParseBytes(text)
	if err != nil || n > math.MaxInt64 || strings.Contains(text, ",") {
		return 0, fmt.Errorf("reading the size %s: expected a number and a unit, such as \"2GB\" or \"500MiB\"", quote(text))
	}
	return int64(n), nil
}

// FormatSize writes a number of bytes as ParseSize reads it, and exactly: "2GB",
// "32MiB", or the bare number where no unit fits.
func FormatSize(n int64) string {
	for _, unit := range []struct {
		name  string
		bytes int64
	}{
		{"TB", 1e12}, {"TiB", 1 << 40}, {"GB", 1e9}, {"GiB", 1 << 30}, {"MB", 1e6}, {"MiB", 1 << 20}, {"kB", 1e3}, {"KiB", 1 << 10},
	} {
		if n > 0 && n%unit.bytes == 0 {
			return strconv.FormatInt(n/unit.bytes, 10) + unit.name
		}
	}
	return strconv.FormatInt(n, 10)
}

// parseSpan reads a span of time: "300s", "5m", or a number of seconds.
func parseSpan(text string) (time.Duration, error) {
	if n, err := strconv.ParseInt(text, 10, 32); err == nil {
		return time.Duration(n) * time.Second, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("reading the time span %s: expected a number and a unit, such as \"300s\" or \"5m\"", quote(text))
	}
	return d, nil
}

// FormatSpan writes a span of time as parseSpan reads it: "300s".
func FormatSpan(d time.Duration) string {
	if d%time.Second == 0 {
		return strconv.FormatInt(int64(d/time.Second), 10) + "s"
	}
	return d.String()
}
