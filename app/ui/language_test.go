package ui

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	syntax "go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"shopbell/app/settings"
	"shopbell/assets"
)

// saying is a text that the window says through lang.
type saying struct {
	key    string
	plural bool
	where  string
}

// sayings reads all calls of lang in this folder and below.
func sayings(t *testing.T) map[string]saying {
	t.Helper()
	all := map[string]saying{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files := syntax.NewFileSet()
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, yes := n.(*ast.CallExpr)
			if !yes || len(call.Args) == 0 {
				return true
			}
			of, yes := call.Fun.(*ast.SelectorExpr)
			if !yes {
				return true
			}
			if pkg, yes := of.X.(*ast.Ident); !yes || pkg.Name != "lang" {
				return true
			}
			where := files.Position(call.Pos()).String()
			switch of.Sel.Name {
			case "L", "N", "X", "XN":
				key, constant := literal(call.Args[0])
				if !constant {
					t.Errorf("%s: expected a text that stands there, so that it can be translated", where)
					return true
				}
				all[key] = saying{key, of.Sel.Name == "N" || of.Sel.Name == "XN", where}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// literal is the value of a text, or of several that are joined.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		a, yes := literal(e.X)
		b, also := literal(e.Y)
		return a + b, yes && also
	}
	return "", false
}

// translation is one file: its texts, by key and plural form ("" for none).
func translation(t *testing.T, code string) map[string]map[string]string {
	t.Helper()
	text, err := assets.Translations.ReadFile("translations/" + code + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	out := map[string]map[string]string{}
	for key, value := range file {
		out[key] = map[string]string{}
		switch value := value.(type) {
		case string:
			out[key][""] = value
		case map[string]any:
			for form, text := range value {
				out[key][form], _ = text.(string)
			}
		}
	}
	return out
}

// pluralForms are those that a language needs for whole numbers, by CLDR.
func pluralForms(code string) []string {
	switch code {
	case "cs", "sk":
		return []string{"one", "few", "other"}
	case "pl":
		return []string{"one", "few", "many", "other"}
	}
	return []string{"one", "other"}
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	said := sayings(t)
	hole := regexp.MustCompile(`{{[^}]*}}`)
	holes := func(text string) []string {
		found := hole.FindAllString(text, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	for _, code := range settings.Languages() {
		texts := translation(t, code)
		missing := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(said)) {
			s, forms := said[key], []string{""}
			if s.plural {
				forms = pluralForms(code)
			}
			for _, form := range forms {
				text := texts[key][form]
				switch {
				case text == "":
					missing[key] = key
					if s.plural {
						missing[key] = map[string]string{"other": key}
					}
				case strings.Join(holes(text), " ") != strings.Join(holes(key), " ") && form != "one":
					t.Errorf("%s: %q has the values %q, expected those of %q", code, text, holes(text), key)
				}
			}
		}
		for key := range texts {
			if _, used := said[key]; !used {
				t.Errorf("%s: nothing says %q", code, key)
			}
		}
		if len(missing) == 0 {
			continue
		}
		t.Errorf("%s: %d texts are missing, for example %q", code, len(missing), slices.Sorted(maps.Keys(missing))[0])
		if dir := os.Getenv("MISSING"); dir != "" {
			out, _ := json.MarshalIndent(missing, "", "  ")
			if err := os.WriteFile(filepath.Join(dir, code+".json"), out, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
