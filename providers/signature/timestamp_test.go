package signature

import (
	"strconv"
	"testing"
	"time"
)

func TestSecondsAreRoundedAsFloatsAre(t *testing.T) {
	for d := time.Duration(0); d < 2*time.Minute; d += 49_999_999 {
		for _, d := range []time.Duration{d, d.Round(50 * time.Millisecond), d.Round(50*time.Millisecond) + 1} {
			if got, want := spell(d), strconv.FormatFloat(d.Seconds(), 'f', 1, 64)+" s"; got != want && d < 2*time.Minute {
				t.Errorf("%d is %q, expected %q", d, got, want)
			}
		}
	}
}
