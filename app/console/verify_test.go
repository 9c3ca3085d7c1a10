package console_test

import (
	"os"
	"path/filepath"
	"testing"
)

// requests returns a folder with the requests that the transcripts speak of.
func requests(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob("testdata/*.http")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata holds no request: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestSignTranscript(t *testing.T) {
	checkTranscript(t, transcript(t, "sign.txt"), requests(t), nil)
}
func TestVerifyTranscript(t *testing.T) {
	checkTranscript(t, transcript(t, "verify.txt"), requests(t), nil)
}
func TestProvidersTranscript(t *testing.T) {
	checkTranscript(t, transcript(t, "providers.txt"), requests(t), nil)
}
