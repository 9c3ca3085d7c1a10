package console

import (
	"testing"
	"time"
)

func TestTimesAreReadAsRFC3339OrUnixSeconds(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"":                          now,
		"2025-06-01T10:30:00Z":      time.Date(2025, 6, 1, 10, 30, 0, 0, time.UTC),
		"2025-06-01T12:30:00+02:00": time.Date(2025, 6, 1, 10, 30, 0, 0, time.UTC),
		"2025-06-01T10:30:00.25Z":   time.Date(2025, 6, 1, 10, 30, 0, 250e6, time.UTC),
		"1748773800":                time.Date(2025, 6, 1, 10, 30, 0, 0, time.UTC),
		"1748773800.5":              time.Date(2025, 6, 1, 10, 30, 0, 500e6, time.UTC),
		"0":                         time.Unix(0, 0),
	} {
		got, err := instant(text, now)
		if err != nil || !got.Equal(want) {
			t.Errorf("instant(%q) = %v, %v, expected %v", text, got, err, want)
		}
	}
}

func TestOtherTimesAreRefused(t *testing.T) {
	for _, text := range []string{"yesterday", "2025-06-01", "2025-06-01T10:30:30,5Z", "2025-06-01T1:30:30Z", "2025-06-01T10:30:30+24:00", "1748773800000", "-1", "NaN", "Inf", "0x10", "1e3", "1_000", "1748773800.", " 1"} {
		if got, err := instant(text, time.Now()); err == nil {
			t.Errorf("instant(%q) = %v, expected an error", text, got)
		}
	}
}

func FuzzInstant(f *testing.F) {
	f.Add("1748773800.000001")
	f.Add("2025-06-01T10:30:00Z")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := instant(text, time.Unix(0, 0))
		if err == nil && (got.Year() < 0 || got.Year() > 9999) {
			t.Errorf("instant(%q) = %v, a year that RFC 3339 cannot write", text, got)
		}
	})
}
