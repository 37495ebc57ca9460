# METADATA
# title: The five benchmark rules on a Terraform plan
# description: One index for each join, one pass for each rule.
package main

import rego.v1

allowed_regions := {"eu-west-3"}

classes := {"public", "internal", "confidential", "restricted", "critical"}

tagged_types := {"aws_s3_bucket", "aws_db_instance", "aws_instance"}

# Resources that will exist after the plan, by type.
by_type[type] contains resource if {
	some resource in input.resource_changes
	type := resource.type
	not resource.change.actions == ["delete"]
}

bucket_region := {bucket.change.after.arn: bucket.change.after.region |
	some bucket in by_type.aws_s3_bucket
}

deny contains finding("residency", resource.address) if {
	some resource in by_type.aws_s3_bucket_replication_configuration
	some rule in resource.change.after.rule
	some destination in rule.destination
	not in_allowed_region(destination.bucket)
}

deny contains finding("public-bucket", resource.address) if {
	some resource in by_type.aws_s3_bucket_public_access_block
	not fully_blocked(resource.change.after)
}

deny contains finding("db-encryption", resource.address) if {
	some resource in by_type.aws_db_instance
	not resource.change.after.storage_encrypted == true
}

deny contains finding("classification-tag", resource.address) if {
	some type in tagged_types
	some resource in by_type[type]
	not classified(resource.change.after)
}

deny contains finding("backup-retention", resource.address) if {
	some resource in by_type.aws_db_instance
	not long_enough(resource.change.after)
}

# A bucket outside the plan has no known region, so it is not allowed.
in_allowed_region(bucket_arn) if bucket_region[bucket_arn] in allowed_regions

classified(after) if after.tags["kasbah-class"] in classes

fully_blocked(after) if {
	after.block_public_acls == true
	after.block_public_policy == true
	after.ignore_public_acls == true
	after.restrict_public_buckets == true
}

long_enough(after) if after.backup_retention_period >= 7

finding(rule, address) := {"msg": sprintf("%s\t%s", [rule, address])}
