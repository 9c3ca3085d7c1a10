package look

import (
	"fmt"
	"net/http"
	"time"
)

// Bytes is a size in words: "812 B", "1.2 kB", "9.6 MB". A kB is 1000 bytes.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 999_950:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	case n < 999_950_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// Millis is a duration in words: "38 ms", "1.2 s", "4 min".
func Millis(ms int64) string {
	switch {
	case ms < 1000:
		return fmt.Sprintf("%d ms", ms)
	case ms < 120_000:
		return fmt.Sprintf("%.1f s", float64(ms)/1e3)
	}
	return fmt.Sprintf("%d min", ms/60_000)
}

// Status is an HTTP status with its word: "200 OK". 0 is no answer.
func Status(status int) string {
	if status == 0 {
		return "No answer"
	}
	if word := http.StatusText(status); word != "" {
		return fmt.Sprintf("%d %s", status, word)
	}
	return fmt.Sprint(status)
}

// Moment is a time to the millisecond, with its day: "22 Nov 2026 14:32:07.418".
// zone nil is the machine's.
func Moment(t time.Time, zone *time.Location) string {
	return in(t, zone).Format("2 Jan 2006 15:04:05.000")
}

// Clock is a time of day to the millisecond: "14:32:07.418".
func Clock(t time.Time, zone *time.Location) string { return in(t, zone).Format("15:04:05.000") }

func in(t time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.Local
	}
	return t.In(zone)
}
