package settings

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestChangesOfSeveralTablesAreWrittenTogetherAndKeepComments(t *testing.T) {
	path := file(t, "# ours\n[shop]\nurl = \"http://localhost:8080\" # the old one\n\n[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\ntolerance = \"60s\"\n")
	err := Edit(path).Change(
		Change{Table: "shop", Key: "url", Value: "http://localhost:9090"},
		Change{Table: "window", Key: "theme", Value: "dark"},
		Change{Table: "window", Key: "scale", Value: 120},
		Change{Table: "limits", Key: "wait", Value: "5s"},
		Change{Table: "endpoint", Endpoint: "a", Key: "answer", Value: "accept"},
		Change{Table: "endpoint", Endpoint: "a", Key: "concurrency", Value: 4},
		Change{Table: "endpoint", Endpoint: "a", Key: "tolerance"},
	)
	if err != nil {
		t.Fatal(err)
	}
	want := "# ours\n[shop]\nurl = \"http://localhost:9090\" # the old one\n\n[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\nanswer = \"accept\"\nconcurrency = 4\n" +
		"\n[window]\ntheme = \"dark\"\nscale = 120\n\n[limits]\nwait = \"5s\"\n"
	if got := contentOf(t, path); got != want {
		t.Errorf("the file became\n%s\nexpected\n%s", got, want)
	}
}

func TestOneWrongChangeWritesNone(t *testing.T) {
	const text = "[keep]\ndays = 30 # legal\n"
	path := file(t, text)
	for _, wrong := range []Change{
		{Table: "keep", Key: "days", Value: 99_999}, {Table: "keep", Key: "days", Value: "many"},
		{Table: "keep", Key: "nights", Value: 1}, {Table: "nothing", Key: "x", Value: 1},
		{Table: "window", Key: "scale", Value: 400}, {Table: "limits", Key: "body", Value: "2"},
		{Table: "endpoint", Endpoint: "nobody", Key: "answer", Value: "shop"}, {Table: "keep", Key: "nights"},
		{Table: "shop", Key: "url", Value: []string{"x"}},
	} {
		if err := Edit(path).Change(Change{Table: "shop", Key: "url", Value: "http://localhost:1"}, wrong); err == nil {
			t.Errorf("%v was written", wrong)
		}
	}
	if got := contentOf(t, path); got != text {
		t.Errorf("the file became\n%s", got)
	}
}

// TestAWrongChangeSaysWhatTheFileWouldSay compares the sentence for a value
// typed into the window with the one for the same value in the file.
func TestAWrongChangeSaysWhatTheFileWouldSay(t *testing.T) {
	base, _, err := parse("", []byte("[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\n"), seedIDs)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []Change{
		{Table: "tunnel", Key: "kind", Value: "shh"}, {Table: "tunnel", Key: "service", Value: "srv"}, {Table: "tunnel", Key: "server", Value: "a b"},
		{Table: "tunnel", Key: "bind", Value: "x"}, {Table: "tunnel", Key: "run", Value: "a\tb"}, {Table: "tunnel", Key: "url", Value: "https://x/y"},
		{Table: "tunnel", Key: "key", Value: "-----BEGIN OPENSSH PRIVATE KEY-----"}, {Table: "tunnel", Key: "host_key", Value: "MD5:aa"},
		{Table: "tunnel", Key: "domain", Value: "https://x"},
		{Table: "tunnel", Key: "authtoken", Value: "2abc"}, {Table: "tunnel", Key: "listen", Value: "nowhere"},
		{Table: "shop", Key: "url", Value: "localhost:8080"}, {Table: "shop", Key: "url", Value: ""},
		{Table: "keep", Key: "days", Value: -1}, {Table: "keep", Key: "days", Value: "x"}, {Table: "keep", Key: "size", Value: "two"},
		{Table: "keep", Key: "size", Value: "1kB"}, {Table: "limits", Key: "body", Value: "1TB"}, {Table: "limits", Key: "wait", Value: "1h"},
		{Table: "window", Key: "theme", Value: "drak"}, {Table: "window", Key: "scale", Value: 79},
		{Table: "window", Key: "language", Value: "xx"}, {Table: "window", Key: "density", Value: "none"},
		{Table: "endpoint", Endpoint: "a", Key: "tolerance", Value: "1h30"}, {Table: "endpoint", Endpoint: "a", Key: "concurrency", Value: 99},
		{Table: "endpoint", Endpoint: "a", Key: "answer", Value: "perhaps"},
	} {
		value, _ := tomlValue(c.Value)
		text := "[" + c.Table + "]\n" + c.Key + " = " + value + "\n"
		if c.Table == "endpoint" {
			text = "[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\n" + c.Key + " = " + value + "\n"
		}
		_, _, inFile := parse("", []byte(text), seedIDs)
		typed := base.clone()
		err := typed.change(c)
		if err == nil {
			if f := check(&typed, seedIDs); f != nil {
				err = typed.problem(f)
			}
		}
		var a, b *Problem
		if !errors.As(inFile, &a) || !errors.As(err, &b) || a.Says != b.Says || a.Advice != b.Advice || a.Place != b.Place {
			t.Errorf("%s = %s:\nin the file: %v\ntyped:       %v", c, value, inFile, err)
		}
	}
}

func TestEveryKeyOfTheStructIsOneThatTheFileMayHave(t *testing.T) {
	var known []string
	for _, table := range []struct {
		name string
		keys []string
	}{
		{"tunnel", tunnelKeys}, {"shop", shopKeys}, {"endpoint", endpointKeys}, {"limits", limitsKeys}, {"keep", keepKeys}, {"window", windowKeys}, {"search", searchKeys}, {"notify", notifyKeys},
	} {
		for _, key := range table.keys {
			known = append(known, table.name+"."+key)
		}
	}
	keys := Keys()
	if len(keys) < 20 {
		t.Fatalf("the struct has %d keys: %q", len(keys), keys)
	}
	for _, key := range keys {
		if !slices.Contains(known, key) {
			t.Errorf("%s of the struct is none of the file's keys", key)
		}
	}
	for _, key := range known {
		if !slices.Contains(keys, key) {
			t.Errorf("%s of the file is none of the struct's", key)
		}
	}
}

func TestEveryKeyCanBeTakenAway(t *testing.T) {
	s, normal := Default(), Default()
	s.Endpoints = []Endpoint{{Name: "a", Tolerance: time.Minute, Concurrency: 9, Answer: "accept"}}
	s.Keep.Days, s.Window.Scale, s.Tunnel.HTTPS = 1, 150, true
	for _, place := range Keys() {
		table, key, _ := strings.Cut(place, ".")
		c := Change{Table: table, Key: key}
		if table == "search" {
			continue // a saved search is changed as a whole
		}
		if table == "endpoint" {
			if key == "name" {
				continue
			}
			c.Endpoint = "a"
		}
		if err := s.change(c); err != nil {
			t.Errorf("%s: %v", place, err)
		}
	}
	plain := Endpoint{Name: "a"}
	plain.fill()
	if normal.Endpoints = []Endpoint{plain}; !reflect.DeepEqual(s, normal) {
		t.Errorf("what is left is %+v", s)
	}
}

func TestSizesAreWrittenAsTheyAreRead(t *testing.T) {
	for _, n := range []int64{0, 1, 999, 1024, 1_000_000, 2_000_000_000, 32 << 20, 1_234_567, 100_000_000_000_000} {
		if got, err := ParseSize(FormatSize(n)); err != nil || got != n {
			t.Errorf("%d is written as %s and read as %d, %v", n, FormatSize(n), got, err)
		}
	}
}

func TestChangeOfAFileThatCannotBeWrittenSaysSo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "shopbell.toml")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Edit(dir).Change(Change{Table: "keep", Key: "days", Value: 1}); err == nil {
		t.Error("a folder was written to")
	}
}
