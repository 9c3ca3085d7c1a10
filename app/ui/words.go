package ui

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// words is what a template is filled with.
type words = map[string]any

// counted is a number for a sentence.
func counted(n int) words { return words{"Count": grouped(n)} }

// grouped is look.Grouped.
func grouped(n int) string { return look.Grouped(n) }

// bytesText is a size in decimal units, as file managers show it.
func bytesText(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n), ""
	for _, unit = range []string{"kB", "MB", "GB", "TB"} {
		if value /= 1000; value < 999.5 {
			break
		}
	}
	if value < 9.95 {
		return fmt.Sprintf("%.1f %s", value, unit)
	}
	return fmt.Sprintf("%.0f %s", value, unit)
}

// spanText is a duration in the two largest units, as in "2 h 14 min".
func spanText(d time.Duration) string {
	switch {
	case d < time.Minute:
		return lang.L("{{.Seconds}} s", map[string]any{"Seconds": int(max(d, 0).Seconds())})
	case d < time.Hour:
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": int(d.Minutes())})
	case d < 24*time.Hour:
		return lang.L("{{.Hours}} h {{.Minutes}} min", map[string]any{"Hours": int(d.Hours()), "Minutes": int(d.Minutes()) % 60})
	}
	return lang.L("{{.Days}} d {{.Hours}} h", map[string]any{"Days": int(d.Hours()) / 24, "Hours": int(d.Hours()) % 24})
}

// millisText is a time that a shop took.
func millisText(ms int64) string {
	if ms <= 0 {
		return "<1 ms"
	}
	if ms < 10_000 {
		return fmt.Sprintf("%d ms", ms)
	}
	return fmt.Sprintf("%.1f s", float64(ms)/1000)
}

// clockText is when a capture arrived, with the day when that is not today.
func clockText(at, now time.Time) string { return timeText(at, now, "15:04:05.000") }

// secondText is clockText to the second.
func secondText(at, now time.Time) string { return timeText(at, now, time.TimeOnly) }

// timeText is a time of day, by its layout, of today, or with its day.
func timeText(at, now time.Time, today string) string {
	at, now = at.Local(), now.Local()
	switch {
	case at.YearDay() == now.YearDay() && at.Year() == now.Year():
		return at.Format(today)
	case at.Year() == now.Year():
		return look.Date(at, "", time.TimeOnly)
	}
	return look.Date(at, "2006", "15:04")
}

// cutMiddle keeps both ends of a text that is longer than n characters.
func cutMiddle(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n/2]) + "…" + string(runes[len(runes)-n/2+1:])
}

// upperFirst makes a sentence's beginning of an error's.
func upperFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + text[n:]
}
