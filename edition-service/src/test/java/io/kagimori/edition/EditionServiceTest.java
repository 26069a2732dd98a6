package io.kagimori.edition;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** edition-service on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "edition"))
class EditionServiceTest {

  @Test
  @DisplayName("ready with its own database, and an unknown address is answered with a problem")
  void ready() {
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/api/v1/nowhere").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
  }
}
