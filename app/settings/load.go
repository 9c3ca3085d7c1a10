package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"shopbell/providers"
	"shopbell/providers/userfile"
)

// Limits on a config file, far above any that a person writes. Brackets and
// keys are bounded because the library recurses on the first and searches the
// second one by one.
const (
	maxFile     = 1 << 20 // bytes
	maxBrackets = 20_000
	maxKeys     = 20_000
)

// Load reads and checks a config file. A file that does not exist gives Default
// and no error when optional is true. Wrong content is a *Problem, and so is a
// file that can't be read.
func Load(file string, optional bool, catalog providers.Catalog) (Settings, error) {
	data, err := Read(file)
	if optional && errors.Is(err, fs.ErrNotExist) {
		s := Default()
		s.file = file
		return s, nil
	}
	if err != nil {
		return Settings{}, err
	}
	return Parse(file, data, catalog)
}

// Parse is Load for a file that was read already: data is its content.
func Parse(file string, data []byte, catalog providers.Catalog) (Settings, error) {
	s, _, err := parse(file, data, knownBy(catalog))
	if err != nil {
		return Settings{}, err
	}
	return s, nil
}

// Text is the content of the file that Load read s from, without a byte order
// mark; "" where there was none.
func (s Settings) Text() string { return s.text }

// Read returns the content of a config file of at most 1 MiB. Its errors are
// Problems.
func Read(file string) ([]byte, error) {
	unreadable := func(err error) error {
		var reason *fs.PathError
		if errors.As(err, &reason) {
			err = reason.Err
		}
		return &Problem{
			File: file, Says: fmt.Sprintf("reading the config file: %v, expected a TOML file", err), Err: err,
			Advice: "Check the path given with --config, or make the file.",
		}
	}
	if file == os.DevNull {
		return nil, nil // the customary name of an empty file
	}
	f, err := userfile.Open(file)
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(data) > maxFile {
		return nil, &Problem{
			File: file, Says: fmt.Sprintf("the file is larger than %d bytes, expected a config file", maxFile),
			Advice: "Check the path given with --config.",
		}
	}
	return data, nil
}

// known are the ids of the providers that a config may name; nil takes any.
type known []string

func knownBy(catalog providers.Catalog) known {
	ids := known{}
	for _, p := range catalog.All() {
		ids = append(ids, p.ID)
	}
	return ids
}

// byteOrderMark is what some editors put in front of UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// parse turns the text of a config file into checked settings. The document
// goes with them for whoever edits the text.
func parse(file string, data []byte, ids known) (Settings, *document, error) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if p := readable(data); p != nil {
		p.File = file
		return Settings{}, nil, p
	}
	doc, err := parseDocument(data)
	if err != nil {
		return Settings{}, nil, &Problem{File: file, Line: 1, Says: err.Error()}
	}
	s, wrong := decode(file, doc)
	s.text = string(data)
	if wrong == nil {
		wrong = check(&s, ids)
	}
	if wrong != nil {
		return Settings{}, nil, s.problem(wrong)
	}
	return s, doc, nil
}

// readable tells what keeps data from being read as TOML, nil when nothing does.
func readable(data []byte) *Problem {
	if !utf8.Valid(data) {
		return &Problem{Line: lineOfBadText(data), Says: "the text is not valid UTF-8, expected a file in UTF-8",
			Advice: "Save the file as UTF-8 in your editor."}
	}
	if n := bytes.Count(data, []byte("[")) + bytes.Count(data, []byte("{")); n > maxBrackets {
		return &Problem{Says: fmt.Sprintf("the file holds %d opening brackets, expected at most %d", n, maxBrackets)}
	}
	if n := bytes.Count(data, []byte("=")); n > maxKeys {
		return &Problem{Says: fmt.Sprintf("the file holds %d equals signs, expected at most %d", n, maxKeys)}
	}
	var all map[string]any
	err := toml.Unmarshal(data, &all)
	if err == nil {
		return nil
	}
	line := 0
	if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
		line, _ = at.Position()
	} else {
		line = lineOfFirstFault(data)
	}
	// The library's text on numbers ends with the number itself, which may be
	// a secret without its quotes.
	says, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "toml: "), ": strconv")
	if strings.HasSuffix(says, "at start of value") {
		says = "a value is missing, or is text without quotes"
	}
	return &Problem{Line: line, Says: "the line is not valid TOML: " + oneLine(says),
		Advice: "Put text values in double quotes, and every key on a line of its own."}
}

// oneLine keeps a library's message from breaking the sentence in two.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

func lineOfBadText(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			return line
		}
		if r == '\n' {
			line++
		}
		data = data[n:]
	}
	return line
}

// lineOfFirstFault finds the line of an error that the library reports without
// a position (a key given twice): it is the first expression with which the
// text up to there no longer decodes.
func lineOfFirstFault(data []byte) int {
	var starts []int
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		k := p.Expression().Key()
		k.Next()
		starts = append(starts, int(k.Node().Raw.Offset))
	}
	fault := sort.Search(len(starts), func(i int) bool {
		end := len(data)
		if i+1 < len(starts) {
			end = bytes.LastIndexByte(data[:starts[i+1]], '\n') + 1
		}
		var all map[string]any
		return toml.Unmarshal(data[:end], &all) != nil
	})
	if fault == len(starts) {
		return 1
	}
	return bytes.Count(data[:starts[fault]], []byte{'\n'}) + 1
}
