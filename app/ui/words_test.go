package ui

import (
	"testing"
	"time"
)

func TestNumbersAreGrouped(t *testing.T) {
	for n, expected := range map[int]string{0: "0", 999: "999", 1284: "1\u2009284", 1000000: "1\u2009000\u2009000", -4500: "-4\u2009500"} {
		if got := grouped(n); got != expected {
			t.Errorf("%d is %q, expected %q", n, got, expected)
		}
	}
}

func TestSizesAreShort(t *testing.T) {
	for n, expected := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 9_600_000: "9.6 MB", 999_900: "1.0 MB", 12_345_678: "12 MB", 5e12: "5.0 TB", 1<<63 - 1: "9223372 TB",
	} {
		if got := bytesText(n); got != expected {
			t.Errorf("%d is %q, expected %q", n, got, expected)
		}
	}
}

func TestSpansAreInTheTwoLargestUnits(t *testing.T) {
	for d, expected := range map[time.Duration]string{
		-time.Second: "0 s", 59 * time.Second: "59 s", 61 * time.Second: "1 min",
		134 * time.Minute: "2 h 14 min", 49 * time.Hour: "2 d 1 h",
	} {
		if got := spanText(d); got != expected {
			t.Errorf("%v is %q, expected %q", d, got, expected)
		}
	}
}

func TestTimesOfAnotherDaySayTheDay(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.Local)
	for at, expected := range map[time.Time]string{
		now.Add(-time.Hour):      "13:00:00.000",
		now.AddDate(0, 0, -1):    "21 Nov 14:00:00",
		now.AddDate(-1, 0, 0):    "22 Nov 2025 14:00",
		now.Add(5 * time.Second): "14:00:05.000",
	} {
		if got := clockText(at, now); got != expected {
			t.Errorf("%v is %q, expected %q", at, got, expected)
		}
	}
}

func TestLongWordsAreCutInTheMiddle(t *testing.T) {
	for text, expected := range map[string]string{"short": "short", "9f1c07de-55b0-4a0e": "9f1c07…-4a0e", "žluťoučký kůň pěl": "žluťou…ň pěl"} {
		if got := cutMiddle(text, 12); got != expected {
			t.Errorf("%q is cut to %q, expected %q", text, got, expected)
		}
	}
}
