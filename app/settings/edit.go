package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
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
			p.addItem("endpoint", e.pairs())
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
		p.changeItem(p.doc.root.get("endpoint").value.items[i].table, old.pairs(), e.pairs())
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
		p.dropTable("endpoint", i)
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

// errMoved says that the file changed while it was edited.
var errMoved = errors.New("the file was changed at the same moment")

// alteration notes a change of the file in a patch, and what comes of it in the
// settings.
type alteration func(*patch, *Settings) error

// edit reads the file, lets the alterations change it one after the other, and
// writes the text if it loads as the settings that they say. Somebody else's
// change in between starts it over.
func (f *File) edit(what string, alter ...alteration) error {
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

func (f *File) try(what string, alter []alteration) error {
	data, err := Read(f.path)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return err
	}
	was, doc, err := parse(f.path, data, nil)
	if err != nil {
		return err
	}
	text, err := altered(doc, &was, alter)
	if err == nil {
		if f := check(&was, nil); f != nil {
			return &Problem{Says: f.says, Advice: f.advice, Place: f.place}
		}
	} else if !errors.Is(err, errShape) {
		return err
	}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		text = append([]byte(byteOrderMark), text...)
	}
	is, _, wrong := parse(f.path, text, nil)
	if err = errors.Join(err, wrong); err != nil || !Same(was, is) {
		return &Problem{File: f.path, Says: fmt.Sprintf("writing %s: this file is written in a way that Shopbell can't change, expected tables like [shop] and [[endpoint]]", what),
			Advice: "Change the file in an editor.", Err: err}
	}
	return f.write(data, fresh, text)
}

// altered lets one alteration after the other change the text of doc; each sees
// the text that the one before has left.
func altered(doc *document, s *Settings, alter []alteration) ([]byte, error) {
	text := doc.data
	for i, one := range alter {
		if i > 0 {
			var err error
			if readable(text) != nil {
				return nil, errShape
			}
			if doc, err = parseDocument(text); err != nil {
				return nil, errShape
			}
		}
		p := newPatch(doc)
		if err := one(p, s); err != nil {
			return nil, err
		}
		text = p.apply()
	}
	return text, nil
}

// Same tells whether two settings say the same, wherever they are written.
// Paths that were made up are different each time, and so are not compared.
func Same(a, b Settings) bool {
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
	if len(s.Searches) == 0 {
		s.Searches = nil
	}
	s.Generated, s.file, s.lines, s.text = nil, "", nil, ""
	return s
}

// written notes that the path of an endpoint is no longer made up.
func (s *Settings) written(name string) {
	s.Generated = slices.DeleteFunc(s.Generated, func(n string) bool { return n == name })
}

func indexOf(endpoints []Endpoint, name string) int {
	return slices.IndexFunc(endpoints, func(e Endpoint) bool { return e.Name == name })
}
