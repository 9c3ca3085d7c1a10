package providers

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// Schema returns the JSON Schema of a catalogue file, for editors that
// complete and check TOML with one. It is made from the types that the files
// are read into, so that it names their keys and no others.
func Schema() []byte {
	root := schemaOf(reflect.TypeFor[file]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A provider of webhooks, as Shopbell's catalogue describes it"
	root["required"] = []string{"id", "name", "category", "docs", "sure", "mark", "colour", "scheme"}
	text, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return []byte("{}") // maps of texts and lists of them can always be written
	}
	return append(text, '\n')
}

// schemaOf describes one type.
func schemaOf(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"description": "a time like 2024-05-06T07:08:09Z"}
	case isText(t):
		return map[string]any{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Interface:
		text := map[string]any{"type": "string"}
		return map[string]any{"oneOf": []any{text, map[string]any{"type": "array", "items": text}}}
	case reflect.Struct:
		return tableSchema(t)
	}
	return map[string]any{"type": "string"}
}

// tableSchema describes a table and refuses keys that it does not have.
func tableSchema(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[schemeTable]() {
		return schemeSchema(t)
	}
	return keysOf(t)
}

// schemeSchema is [scheme], whose [[scheme.or]] holds schemes again.
func schemeSchema(t reflect.Type) map[string]any {
	out := keysOf(t)
	keys := out["properties"].(map[string]any)
	keys["kind"] = map[string]any{"enum": slices.Sorted(slices.Values(known(kind("").list())))}
	keys["or"] = map[string]any{"type": "array", "items": map[string]any{"$ref": "#/properties/scheme"}}
	return out
}

func keysOf(t reflect.Type) map[string]any {
	keys := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		if name == "" || name == "or" {
			continue
		}
		keys[name] = schemaOf(f.Type)
		if words := wordsOf(f.Type); words != nil {
			keys[name] = map[string]any{"enum": words}
		}
	}
	return map[string]any{"type": "object", "properties": keys, "additionalProperties": false}
}

// isText tells whether a type is written as a text in a file.
func isText(t reflect.Type) bool {
	text := reflect.TypeFor[interface{ UnmarshalText([]byte) error }]()
	return t.Kind() == reflect.String || t.Implements(text) || reflect.PointerTo(t).Implements(text)
}

// wordsOf lists the words of a type that has a fixed set of them.
func wordsOf(t reflect.Type) []string {
	switch t {
	case reflect.TypeFor[signature.TimeFormat]():
		return known([]signature.TimeFormat{signature.Unix, signature.UnixMilli, signature.ISO8601UTC, signature.RFC3339, signature.ISO8601, signature.HTTPDate, signature.RFC2822})
	case reflect.TypeFor[signature.Encoding]():
		return known([]signature.Encoding{signature.Hex, signature.Base64, signature.Base64URL, signature.HexOrBase64, signature.Base64OfHex, signature.PlainText})
	}
	return nil
}

func known[T ~string](words []T) (out []string) {
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}
