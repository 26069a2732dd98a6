package io.kagimori.esu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dependencies point to the domain, and the domain points nowhere. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kagimori.esu");

  @Test
  @DisplayName("Rules know no framework, no messaging, no database and no clock")
  void domainIsPure() {
    noClasses()
        .that()
        .resideInAPackage("..esu.domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.kagimori.esu.store..",
            "io.kagimori.esu.stream..",
            "io.kagimori.esu.api..",
            "io.kagimori.stream..",
            "io.quarkus..",
            "jakarta..",
            "org.apache.kafka..",
            "org.eclipse.microprofile..",
            "io.smallrye..",
            "io.micrometer..",
            "com.fasterxml..",
            "java.sql..",
            "javax.sql..")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("a rule gets state, event and record time handed in; move the call to the edge")
        .check(CLASSES);
  }

  @Test
  @DisplayName("The store does not know the stream or the API")
  void storeIsBelow() {
    noClasses()
        .that()
        .resideInAPackage("..esu.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kagimori.esu.stream..", "io.kagimori.esu.api..")
        .because("edges depend on the store, never the other way round")
        .check(CLASSES);
  }
}
