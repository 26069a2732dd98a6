/** Devices and their licenses as comma-separated text, the same columns in and out. */
package io.kagimori.contracts.table;
