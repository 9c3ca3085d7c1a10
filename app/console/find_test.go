package console

import (
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
)

func TestIDsMayBeShortenedAndInLowerCase(t *testing.T) {
	for text, want := range map[string]string{
		"01m82ab2va": "01M82AB2VA", "01M82AB2VA9GBS33KM6WR8T1J2": "01M82AB2VA9GBS33KM6WR8T1J2", "7": "7",
	} {
		if got, err := idPrefix(text); err != nil || got != want {
			t.Errorf("idPrefix(%q) = %q, %v, expected %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "8", "01M82AB2VA9GBS33KM6WR8T1J2X", "not an id", "01I", "ü", "01 status:200"} {
		if got, err := idPrefix(text); err == nil {
			t.Errorf("idPrefix(%q) = %q, expected an error", text, got)
		}
	}
}

func FuzzIDPrefix(f *testing.F) {
	f.Add("01M82AB2VA")
	f.Add("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := idPrefix(text)
		if err != nil {
			return
		}
		id, err := ulid.ParseStrict(got + strings.Repeat("0", ulid.EncodedSize-len(got)))
		if err != nil || !strings.HasPrefix(id.String(), got) {
			t.Errorf("idPrefix(%q) = %q, which no id begins with", text, got)
		}
	})
}
