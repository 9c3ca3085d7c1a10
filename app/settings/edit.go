package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"sync"
)

// File edits a config file in place: comments, order and spacing of what is
// not changed stay. Every method reads the file afresh, writes it whole and
// renames it into place, or leaves it as it was. The new text must load and
// say exactly what was asked for. A File is safe for concurrent use.
type File struct {
	path string
	mu   sync.Mutex
}

// Edit returns an editor of the file at path, which need not exist. A symlink
// is followed: its target is edited.
func Edit(path string) *File { return &File{path: path} }

// PutEndpoint changes the endpoint called name, or adds e when there is none.
// An empty path keeps the present one; a new endpoint gets one of NewPath.
func (f *File) PutEndpoint(name string, e Endpoint) error {
	return f.edit("endpoint "+quote(name), func(p *patch, s *Settings) error {
		e.fill()
		if e.Name == "" {
			e.Name = name
		}
		i := indexOf(s.Endpoints, name)
		if i < 0 {
			if e.Path == "" && e.Provider != "" {
				e.Path = NewPath(e.Provider)
			}
			p.addEndpoint(e)
			s.Endpoints = append(s.Endpoints, e)
			return nil
		}
		old := s.Endpoints[i]
		if e.Path == "" {
			e.Path = old.Path
		}
		if slices.Contains(s.Generated, old.Name) {
			old.Path = "" // what Load made up is not in the file yet
			s.written(old.Name)
		}
		p.changeEndpoint(p.doc.root.get("endpoint").value.items[i].table, old, e)
		s.Endpoints[i] = e
		return nil
	})
}

// RemoveEndpoint removes the endpoint called name; comments above it stay.
func (f *File) RemoveEndpoint(name string) error {
	return f.edit("endpoint "+quote(name), func(p *patch, s *Settings) error {
		i := indexOf(s.Endpoints, name)
		if i < 0 {
			return fmt.Errorf("removing endpoint %s: the file has none of that name", quote(name))
		}
		p.dropEndpoint(i)
		s.Endpoints = slices.Delete(s.Endpoints, i, i+1)
		return nil
	})
}

// FillPaths writes the paths that Load made up for s, so that they stay the
// same from now on. It does nothing when there are none, and leaves a path
// alone that was written meanwhile.
func (f *File) FillPaths(s Settings) error {
	if len(s.Generated) == 0 {
		return nil
	}
	return f.edit("the paths", func(p *patch, now *Settings) error {
		for i, e := range now.Endpoints {
			at := indexOf(s.Endpoints, e.Name)
			if at < 0 || !slices.Contains(now.Generated, e.Name) {
				continue
			}
			now.written(e.Name)
			now.Endpoints[i].Path = s.Endpoints[at].Path
			p.put(p.doc.root.get("endpoint").value.items[i].table, "path", tomlText(s.Endpoints[at].Path))
		}
		return nil
	})
}

// Set changes one key of a table, for example Set("shop", "url", "http://…").
// value is a string, bool, int or int64.
func (f *File) Set(table, key string, value any) error {
	text, err := tomlValue(value)
	if err != nil {
		return fmt.Errorf("setting %s.%s: %w", table, key, err)
	}
	return f.edit(table+"."+key, func(p *patch, s *Settings) error {
		if err := s.set(table, key, value, text); err != nil {
			return err
		}
		if e := p.doc.root.get(table); e != nil && e.value.table != nil {
			p.put(e.value.table, key, text)
			return nil
		}
		p.append([]string{"[" + table + "]", key + " = " + text})
		return nil
	})
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

// set does in s what Set does in the file, through the decoder, so that both
// know the same keys and words.
func (s *Settings) set(table, key string, value any, text string) error {
	if !contains(rootKeys, table) || table == "endpoint" {
		return fmt.Errorf("setting %s.%s: there is no such table, expected tunnel, shop or keep", table, key)
	}
	doc, err := parseDocument([]byte("[" + table + "]\n" + tomlText(key) + " = " + text + "\n"))
	if err != nil {
		return fmt.Errorf("setting %s.%s: %w", table, key, err)
	}
	one := &Settings{lines: map[string]int{}, Tunnel: s.Tunnel, Shop: s.Shop, Keep: s.Keep}
	d := &decoder{doc: doc, settings: one}
	if d.root(doc.root); d.wrong != nil {
		return &Problem{Says: d.wrong.says, Advice: d.wrong.advice}
	}
	s.Tunnel, s.Shop, s.Keep = one.Tunnel, one.Shop, one.Keep
	return nil
}

// errMoved says that the file changed while it was edited.
var errMoved = errors.New("the file was changed at the same moment")

// edit reads the file, lets alter note its changes in a patch and in the
// settings, and writes the patched text if it loads as these settings.
// Somebody else's change in between starts it over.
func (f *File) edit(what string, alter func(*patch, *Settings) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var err error
	for range 5 {
		if err = f.try(what, alter); !errors.Is(err, errMoved) {
			return err
		}
	}
	return fmt.Errorf("writing %s to the config file %s: %w", what, quote(f.path), err)
}

func (f *File) try(what string, alter func(*patch, *Settings) error) error {
	data, err := readLimited(f.path)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return err
	}
	was, doc, err := parse(f.path, data, nil)
	if err != nil {
		return err
	}
	p := newPatch(doc)
	if err := alter(p, &was); err != nil {
		return err
	}
	if f := check(&was, nil); f != nil {
		return &Problem{Says: f.says, Advice: f.advice}
	}
	text := p.apply()
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		text = append([]byte(byteOrderMark), text...)
	}
	is, _, err := parse(f.path, text, nil)
	if err != nil || !same(was, is) {
		return &Problem{File: f.path, Says: fmt.Sprintf("writing %s: this file is written in a way that Shopbell can't change, expected tables like [shop] and [[endpoint]]", what),
			Advice: "Change the file in an editor.", Err: err}
	}
	return f.write(data, fresh, text)
}

// same tells whether two settings say the same, wherever they are written.
// Paths that were made up are different each time, and so are not compared.
func same(a, b Settings) bool {
	return reflect.DeepEqual(plain(a), plain(b))
}

func plain(s Settings) Settings {
	s.Endpoints = slices.Clone(s.Endpoints)
	for i := range s.Endpoints {
		e := &s.Endpoints[i]
		if slices.Contains(s.Generated, e.Name) {
			e.Path = ""
		}
		if len(e.Secrets) == 0 {
			e.Secrets = nil
		}
	}
	if len(s.Endpoints) == 0 {
		s.Endpoints = nil
	}
	s.Generated, s.file, s.lines = nil, "", nil
	return s
}

// written notes that the path of an endpoint is no longer made up.
func (s *Settings) written(name string) {
	s.Generated = slices.DeleteFunc(s.Generated, func(n string) bool { return n == name })
}

func indexOf(endpoints []Endpoint, name string) int {
	return slices.IndexFunc(endpoints, func(e Endpoint) bool { return e.Name == name })
}
