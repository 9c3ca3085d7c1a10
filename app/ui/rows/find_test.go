package rows

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestFindKnowsNoCase(t *testing.T) {
	for _, c := range []struct {
		text, needle string
		want         []string
	}{
		{"Sku sku SKU", "sKu", []string{"Sku", "sku", "SKU"}},
		{"ŽANETA žaneta", "žAneta", []string{"ŽANETA", "žaneta"}},
		{"aaaa", "aa", []string{"aa", "aa"}},
		{"a[b{", "[B{", []string{"[b{"}},
		{"@`", "`@", nil}, {"日本語", "本", []string{"本"}}, {"\xff\x00x", "x", []string{"x"}}, {"\xffa", "\uFFFDa", nil}, {"ab", "abc", nil}, {"x", "", nil},
	} {
		found, all := Find([]byte(c.text), c.needle, nil)
		var got []string
		for _, s := range found {
			got = append(got, c.text[s.From:s.To])
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) || !all {
			t.Errorf("%q in %q: found %q, expected %q", c.needle, c.text, got, c.want)
		}
	}
}

func TestFindIsBoundedAndCanBeStopped(t *testing.T) {
	text := bytes.Repeat([]byte("a"), MaxFound+5)
	if found, all := Find(text, "A", nil); len(found) != MaxFound || all {
		t.Errorf("%d found, all %v", len(found), all)
	}
	if found, all := Find(text, "a", func() bool { return true }); len(found) != 0 || all {
		t.Errorf("%d found though stopped", len(found))
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte("aAb"), "a")
	f.Add([]byte("K\u212a"), "k")
	f.Fuzz(func(t *testing.T, text []byte, needle string) {
		found, _ := Find(text, needle, nil)
		last := int32(0)
		for _, s := range found {
			if s.From < last || s.To <= s.From || int(s.To) > len(text) {
				t.Fatalf("%q in %q: %v", needle, text, found)
			}
			if !strings.EqualFold(string(text[s.From:s.To]), needle) {
				t.Fatalf("%q is taken for %q", text[s.From:s.To], needle)
			}
			last = s.To
		}
	})
}
