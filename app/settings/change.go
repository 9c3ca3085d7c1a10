package settings

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"shopbell/providers"
)

// Change is one key and the value that it is to have.
type Change struct {
	Table string // "tunnel", "shop", …; "endpoint" for a key of Endpoint
	// Endpoint is the name of the endpoint that is meant, "" for other tables.
	Endpoint string
	Key      string
	// Value is a string, bool, int or int64; nil takes the key away, so that its
	// default holds.
	Value any
}

// With returns s with changes laid over it. A value that Load would refuse is
// refused here in the same words: the *Problem has no line, and its Place is in
// the settings that would have come of it.
func (s Settings) With(catalog providers.Catalog, changes ...Change) (Settings, error) {
	s = s.clone()
	for _, c := range changes {
		if err := s.change(c); err != nil {
			return Settings{}, err
		}
	}
	if err := Check(s, catalog); err != nil {
		return Settings{}, err
	}
	return s, nil
}

func (s Settings) clone() Settings {
	s.Endpoints = append([]Endpoint(nil), s.Endpoints...)
	return s
}

// Change makes all changes at once: the file is written with all of them, or
// stays as it was.
func (f *File) Change(changes ...Change) error {
	var steps []alteration
	for _, c := range changes {
		steps = append(steps, c.alter)
	}
	if len(steps) == 0 {
		return nil
	}
	return f.edit(changes[0].String(), steps...)
}

// Set changes one key of a table, for example Set("shop", "url", "http://…").
// value is a string, bool, int or int64.
func (f *File) Set(table, key string, value any) error {
	return f.Change(Change{Table: table, Key: key, Value: value})
}

// String names what is changed, without the value.
func (c Change) String() string {
	if c.Table == "endpoint" {
		return "the endpoint " + quote(c.Endpoint)
	}
	return c.Table + "." + c.Key
}

func (c Change) alter(p *patch, s *Settings) error {
	var before Endpoint
	if i := indexOf(s.Endpoints, c.Endpoint); c.Table == "endpoint" && i >= 0 {
		before = s.Endpoints[i]
	}
	if err := s.change(c); err != nil {
		return err
	}
	if c.Table == "endpoint" {
		i := indexOf(s.Endpoints, before.Name)
		if c.Key == "name" { // it goes by another one now
			name, _ := c.Value.(string)
			i = indexOf(s.Endpoints, name)
		}
		p.changeItem(p.doc.root.get("endpoint").value.items[i].table, before.pairs(), s.Endpoints[i].pairs())
		return nil
	}
	text := ""
	if c.Value != nil {
		text, _ = tomlValue(c.Value) // change has seen that it can be written
	}
	switch e := p.doc.root.get(c.Table); {
	case e != nil && e.value.table != nil && c.Value == nil:
		p.drop(e.value.table, c.Key)
	case e != nil && e.value.table != nil:
		p.put(e.value.table, c.Key, text)
	case c.Value != nil:
		p.append([]string{"[" + c.Table + "]", c.Key + " = " + text})
	}
	return nil
}

func tomlValue(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return tomlText(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case int:
		return strconv.Itoa(v), nil
	}
	return "", fmt.Errorf("the value is a %T, expected a string, bool or int64", value)
}

// change does in s what c does in the file, through the decoder, so that both
// know the same keys and words.
func (s *Settings) change(c Change) error {
	at := -1
	if c.Table == "endpoint" {
		if at = indexOf(s.Endpoints, c.Endpoint); at < 0 {
			return fmt.Errorf("changing endpoint %s: the settings have none of that name", quote(c.Endpoint))
		}
	} else if !contains(rootKeys, c.Table) || c.Table == "search" {
		return fmt.Errorf("setting %s.%s: there is no such table, expected one of %s", c.Table, c.Key, strings.Join(rootKeys, ", "))
	}
	if c.Value == nil {
		return s.reset(c, at)
	}
	text, err := tomlValue(c.Value)
	if err != nil {
		return fmt.Errorf("setting %s: %w", c, err)
	}
	line := tomlText(c.Key) + " = " + text + "\n"
	if at < 0 {
		line = "[" + c.Table + "]\n" + line
	}
	doc, err := parseDocument([]byte(line))
	if err != nil {
		return fmt.Errorf("setting %s: %w", c, err)
	}
	one := s.clone()
	one.lines = map[string]int{}
	d := &decoder{doc: doc, settings: &one}
	if at < 0 {
		d.root(doc.root)
	} else {
		place := "endpoint[" + strconv.Itoa(at) + "]"
		d.each(doc.root, "[[endpoint]]", place, endpointKeys, func(key, place string, v value) { d.endpoint(&one.Endpoints[at], key, place, v) })
	}
	if d.wrong != nil {
		return &Problem{Says: d.wrong.says, Advice: d.wrong.advice, Place: d.wrong.place}
	}
	one.lines = s.lines
	*s = one
	return nil
}

// reset gives a key its default.
func (s *Settings) reset(c Change, at int) error {
	normal := Default()
	to, from := tableOf(reflect.ValueOf(s).Elem(), c.Table), tableOf(reflect.ValueOf(&normal).Elem(), c.Table)
	if at >= 0 {
		plain := Endpoint{}
		plain.fill()
		to, from = reflect.ValueOf(&s.Endpoints[at]).Elem(), reflect.ValueOf(plain)
	}
	for i := range to.NumField() {
		if to.Type().Field(i).Tag.Get("toml") == c.Key {
			to.Field(i).Set(from.Field(i))
			return nil
		}
	}
	return fmt.Errorf("setting %s.%s: there is no such key", c.Table, c.Key)
}

// tableOf is the field of settings that holds the table of that name.
func tableOf(settings reflect.Value, table string) reflect.Value {
	for i := range settings.NumField() {
		if settings.Type().Field(i).Tag.Get("toml") == table {
			return settings.Field(i)
		}
	}
	return reflect.Value{}
}

// Keys are the keys of the file in order, as places without numbers:
// "tunnel.kind", "endpoint.name".
func Keys() []string {
	var keys []string
	all := reflect.TypeFor[Settings]()
	for i := range all.NumField() {
		table := all.Field(i)
		name := table.Tag.Get("toml")
		if name == "" {
			continue
		}
		of := table.Type
		if of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		for k := range of.NumField() {
			keys = append(keys, name+"."+of.Field(k).Tag.Get("toml"))
		}
	}
	return keys
}
