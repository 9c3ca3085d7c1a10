package providers

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// ownText is the shortest good file of an own provider; it has ten lines.
func ownText(id string) string {
	return "id = \"" + id + "\"\nname = \"Mine\"\ncategory = \"own\"\ndocs = \"https://example.com/hooks\"\n" +
		"sure = \"primary\"\nmark = \"Mi\"\ncolour = \"#495057\"\n[scheme]\nkind = \"unsigned\"\n\n"
}

func writeOwn(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAnOwnProviderInPlaceOfABuiltInOneIsSaid(t *testing.T) {
	dir := t.TempDir()
	writeOwn(t, dir, "mine.toml", ownText("mine"))
	c, err := WithOwn(dir)
	if p, _ := c.Get("mine"); err != nil || !p.Own || p.Replaces || c.Replaced() != nil {
		t.Errorf("got %+v %q (%v), expected an own provider in nobody's place", p, c.Replaced(), err)
	}
	writeOwn(t, dir, "better.toml", ownText("tweed"))
	c, err = WithOwn(dir)
	p, _ := c.Get("tweed")
	want := []string{`better.toml stands in place of the built-in provider "tweed"`}
	if err != nil || p.Name != "Mine" || !p.Own || !p.Replaces || !reflect.DeepEqual(c.Replaced(), want) {
		t.Errorf("got %+v %q (%v), expected %q", p, c.Replaced(), err, want)
	}
}

func TestAnOwnFileThatIsTooLongIsSaid(t *testing.T) {
	dir := t.TempDir()
	writeOwn(t, dir, "long.toml", ownText("long")+strings.Repeat("# more\n", maxFile/7))
	if _, err := WithOwn(dir); err == nil || !strings.HasPrefix(err.Error(), "long.toml:1: the file is longer than 262144 bytes") {
		t.Errorf("got %v, expected file and limit", err)
	}
}
