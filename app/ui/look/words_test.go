package look

import (
	"testing"
	"time"
)

func TestSizesAndTimesInWords(t *testing.T) {
	at := time.Date(2026, 11, 22, 13, 32, 7, 418_000_000, time.UTC)
	for got, want := range map[string]string{
		Bytes(0): "0 B", Bytes(999): "999 B", Bytes(1240): "1.2 kB", Bytes(999_999): "1.0 MB", Bytes(9_600_000): "9.6 MB", Bytes(2_000_000_000): "2.0 GB",
		Millis(38): "38 ms", Millis(1200): "1.2 s", Millis(240_000): "4 min",
		Status(0): "No answer", Status(200): "200 OK", Status(599): "599",
		Date(at, "", ""): "22 Nov", Date(at, "2006", ""): "22 Nov 2026", Date(at, "", "15:04"): "22 Nov 13:32",
		Moment(at, time.FixedZone("", 3600)): "22 Nov 2026 14:32:07.418", Clock(at, time.UTC): "13:32:07.418",
	} {
		if got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
}
