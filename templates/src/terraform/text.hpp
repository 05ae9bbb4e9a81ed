#pragma once

// Text as Terraform reads it. A string in main.tf.json is a template: literal text with expressions
// in `${...}`. The same string within an expression is quoted. Both spellings, and the escaping
// that each of them needs, are here and nowhere else.

#include <string>
#include <string_view>
#include <vector>

namespace loam::terraform {

/// A string of literal pieces and expressions.
class Template {
  public:
    static Template literal(std::string text);
    /// One expression, for example `var.Size`; alone it keeps its type.
    static Template expression(std::string text);

    Template& operator+=(const Template& other);

    /// Whether no expression is in it.
    bool isLiteral() const;
    /// The text of the literal pieces; for templates without expressions.
    std::string literalText() const;
    /// As a string of the JSON document: `a-${var.b}`, with `${` of the literal text written `$${`.
    std::string inJson() const;
    /// As an expression: `var.b`, `"a-${var.b}"`.
    std::string inExpression() const;
    /// Without this literal text at its end, if it is there.
    Template withoutEnd(std::string_view end) const;
    /// Whether it is one expression and nothing else.
    bool isExpression() const { return pieces_.size() == 1 && pieces_.front().expression; }
    /// As the inside of a JSON string that is itself text of the template: quotes are escaped.
    std::string inDocument() const;

  private:
    struct Piece {
        bool expression;
        std::string text;
    };
    template <class Prepare>
    std::string joined(Prepare prepare) const;

    std::vector<Piece> pieces_;
};

/// Writes literal text so that a template gives it back: `${` and `%{` are escaped, and so is a
/// mark that would escape what follows, which may be an expression.
std::string escapeTemplate(std::string_view text, bool beforeExpression = false);

/// The text as a string literal of an expression, with quotes.
std::string quoted(std::string_view text);

/// `CidrBlock` becomes `cidr_block`, `OKActions` becomes `ok_actions`.
std::string snakeCase(std::string_view name);

/// A name for a part of a resource, made of any text: letters, digits and underscores. A text that
/// had to be changed or cut gets a hash, so that different texts give different names.
std::string labelOf(std::string_view text);

/// Base64 of the bytes that a hexadecimal text stands for.
std::string base64OfHex(std::string_view hex);

}  // namespace loam::terraform
