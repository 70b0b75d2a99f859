// The files of rules and words that are compiled into the program.
#ifndef EMBEDDED_DATA_H
#define EMBEDDED_DATA_H

#include <stddef.h>

/// The bytes of a file.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} embedded_file;

// Sources/Collecting/Data
extern const embedded_file embedded_gcp_fields;
extern const embedded_file embedded_gcp_images;
extern const embedded_file embedded_gcp_prices;

// Sources/Detecting/Data
extern const embedded_file embedded_jitsi_rules;
extern const embedded_file embedded_settings_rules;
extern const embedded_file embedded_secrets_rules;
extern const embedded_file embedded_addresses_rules;
extern const embedded_file embedded_accounts_rules;
extern const embedded_file embedded_machines_rules;
extern const embedded_file embedded_people_rules;
extern const embedded_file embedded_devices_rules;
extern const embedded_file embedded_stores_rules;
extern const embedded_file embedded_calls_rules;
extern const embedded_file embedded_told_rules;
extern const embedded_file embedded_forms_rules;
extern const embedded_file embedded_arguments_rules;
extern const embedded_file embedded_sentences_rules;
extern const embedded_file embedded_customers_rules;
extern const embedded_file embedded_services_rules;
extern const embedded_file embedded_role_words;
extern const embedded_file embedded_logins_rules;
extern const embedded_file embedded_tokens_rules;
extern const embedded_file embedded_commands_rules;
extern const embedded_file embedded_programs_rules;
extern const embedded_file embedded_defaults_rules;
extern const embedded_file embedded_time_zones;
extern const embedded_file embedded_common_words;
extern const embedded_file embedded_documented_defaults;
extern const embedded_file embedded_generic_names;
extern const embedded_file embedded_mail_providers;
extern const embedded_file embedded_public_services;
extern const embedded_file embedded_public_values;
extern const embedded_file embedded_reserved;
extern const embedded_file embedded_software_domains;
extern const embedded_file embedded_tenant_suffixes;
extern const embedded_file embedded_top_level_domains;
extern const embedded_file embedded_top_level_words;
extern const embedded_file embedded_upstream_lines;
extern const embedded_file embedded_value_forms;

// Sources/Rotating/Data
extern const embedded_file embedded_jitsi;
extern const embedded_file embedded_synapse;
extern const embedded_file embedded_wireguard;

#endif
