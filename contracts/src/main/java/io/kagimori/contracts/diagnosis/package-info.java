/**
 * Why something failed: a pure rule over evidence, for activation-service and the command line
 * alike. Causes, texts and weights are data of the catalogue; only what evidence shows is code.
 */
package io.kagimori.contracts.diagnosis;
