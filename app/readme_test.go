package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"shopbell/app/settings"
	"shopbell/providers"
)

// The README's table of providers stands between these lines.
const (
	tableBegins = "<!-- providers: written by the tests, see app/readme_test.go -->\n"
	tableEnds   = "<!-- end of providers -->"
)

// TestTheReadmeListsEveryProvider fails when the table is not the catalogue's.
// SHOPBELL_README=write in the environment writes it anew.
func TestTheReadmeListsEveryProvider(t *testing.T) {
	const file = "../README.md"
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), tableBegins)
	_, after, ended := strings.Cut(rest, tableEnds)
	if !ok || !ended {
		t.Fatalf("the README has no table of providers, expected one between %q and %q", tableBegins, tableEnds)
	}
	want := before + tableBegins + providerTable(catalog.All()) + tableEnds + after
	if want == string(text) {
		return
	}
	if os.Getenv("SHOPBELL_README") != "write" {
		t.Fatal("the README's table of providers is not that of the catalogue: SHOPBELL_README=write go test ./app -run Readme writes it")
	}
	if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// providerTable has one row for each category.
func providerTable(all []providers.Provider) string {
	names := map[string][]string{}
	signing := 0
	for _, p := range all {
		name := p.Name
		switch {
		case !p.Signs:
			name += " °"
		case p.Sure == "secondary":
			name += " ²"
		}
		if p.Signs {
			signing++
		}
		names[p.Category] = append(names[p.Category], name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d providers, %d of them with something to verify. ° signs nothing; ² known from others' documentation only.\n\n", len(all), signing)
	b.WriteString("| Category | | Providers |\n|---|--:|---|\n")
	for _, category := range slices.Sorted(maps.Keys(names)) {
		list := names[category]
		slices.SortFunc(list, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
		fmt.Fprintf(&b, "| %s | %d | %s |\n", category, len(list), strings.Join(list, ", "))
	}
	return b.String()
}

// TestTheReadmeExplainsEverySetting looks for each key of the config file in
// the README's example, below its table and with a comment or a value.
func TestTheReadmeExplainsEverySetting(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n## Settings\n")
	_, rest, _ = strings.Cut(rest, "```toml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the README's chapter Settings has no example")
	}
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := settings.Parse("README.md", []byte(example), catalog); err != nil {
		t.Errorf("the example is not one that Shopbell reads: %v", err)
	}
	table, found := "", map[string]bool{}
	for line := range strings.Lines(example) {
		if strings.HasPrefix(line, "[") {
			name, _, _ := strings.Cut(line, "#")
			table = strings.Trim(name, "[] \n")
		}
		if key, _, ok := strings.Cut(line, " = "); ok {
			found[table+"."+key] = true
		}
	}
	for _, key := range settings.Keys() {
		if !found[key] {
			t.Errorf("the README's example lacks %s", key)
		}
	}
}
