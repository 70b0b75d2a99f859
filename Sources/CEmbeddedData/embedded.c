// An array literal of Swift takes the compiler minutes for what #embed does at once.
#include "embedded.h"

static const unsigned char jitsi_rules[] = {
#embed "../Detecting/Data/Rules/jitsi.yml"
};
const embedded_file embedded_jitsi_rules = {jitsi_rules, sizeof jitsi_rules};

static const unsigned char settings_rules[] = {
#embed "../Detecting/Data/Rules/settings.yml"
};
const embedded_file embedded_settings_rules = {settings_rules, sizeof settings_rules};

static const unsigned char secrets_rules[] = {
#embed "../Detecting/Data/Rules/secrets.yml"
};
const embedded_file embedded_secrets_rules = {secrets_rules, sizeof secrets_rules};

static const unsigned char addresses_rules[] = {
#embed "../Detecting/Data/Rules/addresses.yml"
};
const embedded_file embedded_addresses_rules = {addresses_rules, sizeof addresses_rules};

static const unsigned char accounts_rules[] = {
#embed "../Detecting/Data/Rules/accounts.yml"
};
const embedded_file embedded_accounts_rules = {accounts_rules, sizeof accounts_rules};

static const unsigned char machines_rules[] = {
#embed "../Detecting/Data/Rules/machines.yml"
};
const embedded_file embedded_machines_rules = {machines_rules, sizeof machines_rules};

static const unsigned char people_rules[] = {
#embed "../Detecting/Data/Rules/people.yml"
};
const embedded_file embedded_people_rules = {people_rules, sizeof people_rules};

static const unsigned char devices_rules[] = {
#embed "../Detecting/Data/Rules/devices.yml"
};
const embedded_file embedded_devices_rules = {devices_rules, sizeof devices_rules};

static const unsigned char stores_rules[] = {
#embed "../Detecting/Data/Rules/stores.yml"
};
const embedded_file embedded_stores_rules = {stores_rules, sizeof stores_rules};

static const unsigned char calls_rules[] = {
#embed "../Detecting/Data/Rules/calls.yml"
};
const embedded_file embedded_calls_rules = {calls_rules, sizeof calls_rules};

static const unsigned char told_rules[] = {
#embed "../Detecting/Data/Rules/told.yml"
};
const embedded_file embedded_told_rules = {told_rules, sizeof told_rules};

static const unsigned char forms_rules[] = {
#embed "../Detecting/Data/Rules/forms.yml"
};
const embedded_file embedded_forms_rules = {forms_rules, sizeof forms_rules};

static const unsigned char arguments_rules[] = {
#embed "../Detecting/Data/Rules/arguments.yml"
};
const embedded_file embedded_arguments_rules = {arguments_rules, sizeof arguments_rules};

static const unsigned char sentences_rules[] = {
#embed "../Detecting/Data/Rules/sentences.yml"
};
const embedded_file embedded_sentences_rules = {sentences_rules, sizeof sentences_rules};

static const unsigned char customers_rules[] = {
#embed "../Detecting/Data/Rules/customers.yml"
};
const embedded_file embedded_customers_rules = {customers_rules, sizeof customers_rules};

static const unsigned char services_rules[] = {
#embed "../Detecting/Data/Rules/services.yml"
};
const embedded_file embedded_services_rules = {services_rules, sizeof services_rules};

static const unsigned char tenant_suffixes[] = {
#embed "../Detecting/Data/tenant-suffixes.txt"
};
const embedded_file embedded_tenant_suffixes = {tenant_suffixes, sizeof tenant_suffixes};

static const unsigned char role_words[] = {
#embed "../Detecting/Data/role-words.txt"
};
const embedded_file embedded_role_words = {role_words, sizeof role_words};

static const unsigned char logins_rules[] = {
#embed "../Detecting/Data/Rules/logins.yml"
};
const embedded_file embedded_logins_rules = {logins_rules, sizeof logins_rules};

static const unsigned char tokens_rules[] = {
#embed "../Detecting/Data/Rules/tokens.yml"
};
const embedded_file embedded_tokens_rules = {tokens_rules, sizeof tokens_rules};

static const unsigned char commands_rules[] = {
#embed "../Detecting/Data/Rules/commands.yml"
};
const embedded_file embedded_commands_rules = {commands_rules, sizeof commands_rules};

static const unsigned char programs_rules[] = {
#embed "../Detecting/Data/Rules/programs.yml"
};
const embedded_file embedded_programs_rules = {programs_rules, sizeof programs_rules};

static const unsigned char defaults_rules[] = {
#embed "../Detecting/Data/Rules/defaults.yml"
};
const embedded_file embedded_defaults_rules = {defaults_rules, sizeof defaults_rules};

static const unsigned char time_zones[] = {
#embed "../Detecting/Data/time-zones.yml"
};
const embedded_file embedded_time_zones = {time_zones, sizeof time_zones};

static const unsigned char common_words[] = {
#embed "../Detecting/Data/common-words.txt"
};
const embedded_file embedded_common_words = {common_words, sizeof common_words};

static const unsigned char documented_defaults[] = {
#embed "../Detecting/Data/documented-defaults.txt"
};
const embedded_file embedded_documented_defaults = {documented_defaults, sizeof documented_defaults};

static const unsigned char generic_names[] = {
#embed "../Detecting/Data/generic-names.txt"
};
const embedded_file embedded_generic_names = {generic_names, sizeof generic_names};

static const unsigned char mail_providers[] = {
#embed "../Detecting/Data/mail-providers.txt"
};
const embedded_file embedded_mail_providers = {mail_providers, sizeof mail_providers};

static const unsigned char public_services[] = {
#embed "../Detecting/Data/public-services.txt"
};
const embedded_file embedded_public_services = {public_services, sizeof public_services};

static const unsigned char public_values[] = {
#embed "../Detecting/Data/public-values.txt"
};
const embedded_file embedded_public_values = {public_values, sizeof public_values};

static const unsigned char reserved[] = {
#embed "../Detecting/Data/reserved.txt"
};
const embedded_file embedded_reserved = {reserved, sizeof reserved};

static const unsigned char software_domains[] = {
#embed "../Detecting/Data/software-domains.txt"
};
const embedded_file embedded_software_domains = {software_domains, sizeof software_domains};

static const unsigned char value_forms[] = {
#embed "../Detecting/Data/value-forms.txt"
};
const embedded_file embedded_value_forms = {value_forms, sizeof value_forms};

static const unsigned char upstream_lines[] = {
#embed "../Detecting/Data/upstream-lines.txt"
};
const embedded_file embedded_upstream_lines = {upstream_lines, sizeof upstream_lines};

static const unsigned char top_level_domains[] = {
#embed "../Detecting/Data/top-level-domains.txt"
};
const embedded_file embedded_top_level_domains = {top_level_domains, sizeof top_level_domains};

static const unsigned char top_level_words[] = {
#embed "../Detecting/Data/top-level-words.txt"
};
const embedded_file embedded_top_level_words = {top_level_words, sizeof top_level_words};

static const unsigned char jitsi[] = {
#embed "../Rotating/Data/jitsi.yml"
};
const embedded_file embedded_jitsi = {jitsi, sizeof jitsi};

static const unsigned char synapse[] = {
#embed "../Rotating/Data/synapse.yml"
};
const embedded_file embedded_synapse = {synapse, sizeof synapse};

static const unsigned char wireguard[] = {
#embed "../Rotating/Data/wireguard.yml"
};
const embedded_file embedded_wireguard = {wireguard, sizeof wireguard};

static const unsigned char gcp_fields[] = {
#embed "../Collecting/Data/gcp-fields.txt"
};
const embedded_file embedded_gcp_fields = {gcp_fields, sizeof gcp_fields};

static const unsigned char gcp_images[] = {
#embed "../Collecting/Data/gcp-images.txt"
};
const embedded_file embedded_gcp_images = {gcp_images, sizeof gcp_images};

static const unsigned char gcp_prices[] = {
#embed "../Collecting/Data/gcp-prices.txt"
};
const embedded_file embedded_gcp_prices = {gcp_prices, sizeof gcp_prices};
