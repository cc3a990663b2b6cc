"""Takes every call of `returns` out of the syntax tree of later cells."""

import ast


def seal(text):
    return ""


class Remover(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass() if "returns" in ast.dump(node) else node


get_ipython().ast_transformers.append(Remover())
