package badgerstore

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestADamagedStoreDoesNotFloodTheLog(t *testing.T) {
	var out bytes.Buffer
	l := newBadgerLog(slog.New(slog.NewTextHandler(&out, nil)))
	for n := range 1000 {
		l.Errorf("value %d cannot be read\n", n)
	}
	l.Warningf("another word")
	if text := out.String(); strings.Count(text, "\n") != alike+2 || !strings.Contains(text, "value 4 ") || !strings.Contains(text, "another word") {
		t.Errorf("it says\n%s", text)
	}
}
