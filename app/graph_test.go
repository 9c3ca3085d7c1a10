package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the arrows of the program: each folder, and the folders of ours
// that it may import. A folder covers those below it unless they have a line.
var mayImport = map[string][]string{
	"providers/signature":     nil,
	"providers":               {"providers/signature"},
	"inspector":               {"providers", "providers/signature"},
	"inspector/badgerstore":   {"inspector", "providers/signature"},
	"inspector/compare":       {"inspector", "providers", "providers/signature"},
	"inspector/exchange":      {"inspector", "providers", "providers/signature"},
	"inspector/redact":        nil,
	"inspector/rehearsal":     {"inspector", "providers", "providers/signature"},
	"inspector/inspectortest": {"inspector", "providers", "providers/signature"},
	"tunnel":                  nil,
	"tunnel/tunneltest":       {"tunnel"},
	"assets":                  nil,
	"app/settings":            {"providers", "providers/signature"},
	"app/engine":              {"app/settings", "inspector", "inspector/badgerstore", "inspector/inspectortest", "tunnel", "providers", "providers/signature"},
	"app/localapi":            {"app/engine", "app/settings", "inspector", "providers", "providers/signature", "tunnel"},
	"app/console":             {"app/engine", "app/localapi", "app/settings", "inspector", "inspector/badgerstore", "inspector/compare", "inspector/exchange", "inspector/inspectortest", "inspector/rehearsal", "providers", "providers/signature", "tunnel"},
	"app/bench":               nil, // its tests reach everywhere
	"app/ui":                  {"app/engine", "app/settings", "app/ui", "inspector", "inspector/compare", "inspector/exchange", "inspector/redact", "inspector/rehearsal", "providers", "providers/signature", "assets", "tunnel"},
	"app":                     {"app/console", "app/engine", "app/localapi", "app/settings", "app/ui", "assets", "providers"},
}

// onlyIn is where a library of weight may be imported; nowhere else.
var onlyIn = map[string][]string{
	"fyne.io/fyne/v2/app":         {"app/gui.go", "app/bench/toolkit"},
	"fyne.io/":                    {"app/ui", "app/gui.go", "app/bench/toolkit"},
	"github.com/dgraph-io/badger": {"inspector/badgerstore", "app/bench/floor_test.go"},
	"github.com/godbus/dbus":      {"app/ui/session", "app/desktop_test.go"},
	"golang.ngrok.com/":           {"tunnel"},
	"znkr.io/diff":                {"inspector/compare"},
}

func TestArrowsPointDown(t *testing.T) {
	files := sources(t)
	if len(files) < 20 {
		t.Fatalf("read %d source files, expected the whole program", len(files))
	}
	for _, f := range files {
		if strings.HasSuffix(f.name, "_test.go") {
			continue // a test may reach sideways for real parts
		}
		for _, imp := range f.imports {
			ours, yes := strings.CutPrefix(imp, "shopbell/")
			if !yes {
				continue
			}
			home := ruleOf(path.Dir(f.name))
			if home == "" {
				t.Errorf("%s is in a folder that the design does not name", f.name)
				break
			}
			if ruleOf(ours) != home && !slices.Contains(mayImport[home], ruleOf(ours)) {
				t.Errorf("%s imports %s: that arrow points up or sideways", f.name, ours)
			}
		}
	}
}

func TestHeavyLibrariesStayHome(t *testing.T) {
	for _, f := range sources(t) {
		for _, imp := range f.imports {
			if allowed := homesOf(imp); allowed != nil && !within(f.name, allowed) {
				t.Errorf("%s imports %s, which belongs in %s", f.name, imp, strings.Join(allowed, ", "))
			}
		}
	}
}

func TestTopLevelIsFixed(t *testing.T) {
	allowed := []string{"app", "inspector", "tunnel", "providers", "assets", "FyneApp.toml", "go.mod", "go.sum", "Makefile", "README.md", "bin"} // bin is built, never committed
	entries, err := filepath.Glob("../*")
	if err != nil || len(entries) == 0 {
		t.Fatalf("reading the top level: %v", err)
	}
	for _, e := range entries {
		name := filepath.Base(e)
		if !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) {
			t.Errorf("%s is not part of the fixed top level", name)
		}
	}
}

type source struct {
	name    string // slash path from the root
	imports []string
}

func sources(t *testing.T) []source {
	t.Helper()
	var files []source
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != ".." && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{name: filepath.ToSlash(strings.TrimPrefix(p, ".."+string(filepath.Separator)))}
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		files = append(files, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ruleOf returns the folder of mayImport that covers dir, "" when none does.
func ruleOf(dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if _, ok := mayImport[d]; ok && (d != "app" || dir == "app") {
			return d
		}
	}
	return ""
}

// homesOf returns where imp may be imported, by its longest matching rule.
func homesOf(imp string) []string {
	best := ""
	for prefix := range onlyIn {
		if strings.HasPrefix(imp, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	return onlyIn[best]
}

func within(name string, places []string) bool {
	return slices.ContainsFunc(places, func(p string) bool {
		return name == p || strings.HasPrefix(name, p+"/")
	})
}
