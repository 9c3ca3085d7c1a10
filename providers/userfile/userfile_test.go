package userfile_test

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/providers/userfile"
)

func TestARegularFileIsReadThroughALink(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.toml"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	name := "a.toml"
	if os.Symlink("a.toml", filepath.Join(dir, "link.toml")) == nil { // not everybody may on Windows
		name = "link.toml"
	}
	f, err := userfile.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if text, err := io.ReadAll(f); string(text) != "text" {
		t.Errorf("read %q (%v), expected the text", text, err)
	}
	if text, err := fs.ReadFile(userfile.Folder(dir), name); string(text) != "text" {
		t.Errorf("read %q (%v) out of the folder, expected the text", text, err)
	}
}

func TestAFolderIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := userfile.Open(dir); err == nil || !strings.HasSuffix(err.Error(), "it is a folder and no regular file") {
		t.Errorf("got %v, expected what it is", err)
	}
	if _, err := userfile.Folder(dir).Open("../x"); err == nil {
		t.Error("a name leads out of the folder")
	}
}
