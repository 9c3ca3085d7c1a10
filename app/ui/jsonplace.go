package ui

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// jsonFault is where a text stops being JSON, counted from 1, and why.
type jsonFault struct {
	line, column int
	why          string
}

// findJSONFault returns nil for a text that is one JSON value.
func findJSONFault(text []byte) *jsonFault {
	var v json.RawMessage
	err := json.Unmarshal(text, &v)
	if err == nil {
		return nil
	}
	at := len(text)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && syntax.Offset > 0 && syntax.Offset <= int64(len(text)) && !atEnd(syntax) {
		at = int(syntax.Offset) - 1
	}
	before := text[:at]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &jsonFault{line, column, err.Error()}
}

// atEnd tells that the text broke off.
func atEnd(err *json.SyntaxError) bool { return err.Error() == "unexpected end of JSON input" }
