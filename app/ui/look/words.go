package look

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
)

// Bytes is a size in words: "812 B", "1.2 kB", "9.6 MB". A kB is 1000 bytes.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return lang.L("{{.Count}} B", map[string]any{"Count": n})
	case n < 999_950:
		return lang.L("{{.Count}} kB", tenths(float64(n)/1e3))
	case n < 999_950_000:
		return lang.L("{{.Count}} MB", tenths(float64(n)/1e6))
	}
	return lang.L("{{.Count}} GB", tenths(float64(n)/1e9))
}

// Grouped is n with a narrow gap between thousands, as in "1 284".
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u2009" + digits[i:]
	}
	return sign + digits
}

// Millis is a duration in words: "38 ms", "1.2 s", "4 min".
func Millis(ms int64) string {
	switch {
	case ms <= 0:
		return "<1 ms"
	case ms < 1000:
		return lang.L("{{.Count}} ms", map[string]any{"Count": ms})
	case ms < 120_000:
		return lang.L("{{.Count}} s", tenths(float64(ms)/1e3))
	}
	return lang.L("{{.Count}} min", map[string]any{"Count": ms / 60_000})
}

// tenths is the number of a text that counts, with one decimal.
func tenths(n float64) map[string]any { return map[string]any{"Count": fmt.Sprintf("%.1f", n)} }

// Status is an HTTP status with its word: "200 OK". 0 is no answer.
func Status(status int) string {
	if status == 0 {
		return lang.L("No answer")
	}
	if word := http.StatusText(status); word != "" {
		return fmt.Sprintf("%d %s", status, word)
	}
	return fmt.Sprint(status)
}

// Moment is a time to the millisecond, with its day: "22 Nov 2026 14:32:07.418".
// zone nil is the machine's.
func Moment(t time.Time, zone *time.Location) string {
	return Date(in(t, zone), "2006", "15:04:05.000")
}

// Date is the day of a time, with its year and its time of day by their layouts,
// "" for without: "22 Nov", "22 Nov 2026", "22 Nov 14:32".
func Date(t time.Time, year, clock string) string {
	text := lang.L("{{.Day}} {{.Month}} {{.Year}} {{.Clock}}", map[string]any{
		"Day": t.Day(), "Month": month(t.Month()), "Year": t.Format(year), "Clock": t.Format(clock),
	})
	return strings.Join(strings.Fields(text), " ") // what is left out leaves no gap
}

// month is the short name of a month.
func month(m time.Month) string {
	switch m {
	case time.January:
		return lang.L("Jan")
	case time.February:
		return lang.L("Feb")
	case time.March:
		return lang.L("Mar")
	case time.April:
		return lang.L("Apr")
	case time.May:
		return lang.L("May")
	case time.June:
		return lang.L("Jun")
	case time.July:
		return lang.L("Jul")
	case time.August:
		return lang.L("Aug")
	case time.September:
		return lang.L("Sep")
	case time.October:
		return lang.L("Oct")
	case time.November:
		return lang.L("Nov")
	}
	return lang.L("Dec")
}

// Clock is a time of day to the millisecond: "14:32:07.418".
func Clock(t time.Time, zone *time.Location) string { return in(t, zone).Format("15:04:05.000") }

func in(t time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.Local
	}
	return t.In(zone)
}
