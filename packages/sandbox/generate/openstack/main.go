// Prints what the OpenStack provider's own schema says of its resources, as JSON:
// resource -> property -> what a change of it does. Needs the Terraform provider's module only.
//
//	go run . > schema.json
package main

import (
	"encoding/json"
	"os"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/terraform-provider-openstack/terraform-provider-openstack/openstack"
)

type property struct {
	ForceNew  bool                `json:"forceNew,omitempty"`
	Computed  bool                `json:"computed,omitempty"`
	Optional  bool                `json:"optional,omitempty"`
	Required  bool                `json:"required,omitempty"`
	Sensitive bool                `json:"sensitive,omitempty"`
	Default   any                 `json:"default,omitempty"`
	Type      string              `json:"type"`
	MaxItems  int                 `json:"maxItems,omitempty"`
	Nested    map[string]property `json:"nested,omitempty"`
}

func describe(fields map[string]*schema.Schema) map[string]property {
	described := map[string]property{}
	for name, field := range fields {
		one := property{
			ForceNew: field.ForceNew, Computed: field.Computed, Optional: field.Optional, Required: field.Required,
			Sensitive: field.Sensitive, Default: field.Default, Type: field.Type.String(), MaxItems: field.MaxItems,
		}
		if inner, ok := field.Elem.(*schema.Resource); ok {
			one.Nested = describe(inner.Schema)
		}
		described[name] = one
	}
	return described
}

func main() {
	resources := map[string]map[string]property{}
	for name, resource := range openstack.Provider().ResourcesMap {
		resources[name] = describe(resource.Schema)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(resources); err != nil {
		panic(err)
	}
}
