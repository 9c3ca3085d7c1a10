package signature

import (
	"strings"

	"github.com/tidwall/gjson"
)

// everyEntry stands in the path of a token for each entry of a list:
// "value.*.clientState". Each must hold a token of the endpoint's.
const everyEntry = ".*."

// inEvery tells whether p stands for a member of each entry of a list.
func (p *Part) inEvery() bool { return p.Kind == PartJSON && strings.Contains(p.Name, everyEntry) }

// entries are the parts that p stands for in this message, none when there is
// no list, an empty one, or more entries than maxEntries.
func (f *Fields) entries(p *Part) (out []Part) {
	list, member, _ := strings.Cut(p.Name, everyEntry)
	at, times := f.find(list)
	if n := listSize(at); times == 1 && n <= maxEntries {
		for i := range n {
			out = append(out, Part{Kind: PartJSON, Name: list + "." + itoa(int64(i)) + "." + member})
		}
	}
	return out
}

// maxEntries is how many entries a list with tokens may have. Microsoft Graph
// sends some dozens at most.
const maxEntries = 1000

func listSize(at gjson.Result) (n int) {
	if !at.IsArray() {
		return 0
	}
	at.ForEach(func(_, _ gjson.Result) bool {
		n++
		return n <= maxEntries
	})
	return n
}

// everyToken collects the tokens of all entries. When one has none, it is the
// message that cannot be checked.
func (c *check) everyToken(at *Part) (tokens []string, o Outcome) {
	entries := c.fields.entries(at)
	if len(entries) == 0 {
		where, want := at.inWords(), "a list with a token in each entry"
		c.fail(stepToken, fault{aboutSignature, where, want, "", where + " is not there: expected " + want})
		return nil, Missing
	}
	list, member, _ := strings.Cut(at.Name, everyEntry)
	doc, _ := c.fields.find(list)
	i := 0
	doc.ForEach(func(_, entry gjson.Result) bool {
		v := ReadFields(Message{Body: []byte(entry.Raw)}).Get(Part{Kind: PartJSON, Name: member})
		token, ok := c.readToken(strings.TrimSpace(v.Text), false)
		if v.Times != 1 || v.Raw || !ok {
			where := entries[i].inWords()
			o = Malformed
			if i == 0 && v.Times == 0 {
				o = Missing
			}
			c.fail(stepToken, fault{aboutSignature, where, "the token", "", where + ": expected the token, because each entry of the list must show it"})
			return false
		}
		tokens, i = append(tokens, token), i+1
		return true
	})
	if o == "" {
		c.note(true, stepToken, at.inWords()+", entries: "+itoa(int64(len(tokens))))
	}
	return tokens, o
}
